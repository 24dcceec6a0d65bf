#ifndef PERIGEE_COPENSSL_SHIM_H
#define PERIGEE_COPENSSL_SHIM_H

#include <openssl/sha.h>

#endif
