#ifndef PERIGEE_CGSL_SHIM_H
#define PERIGEE_CGSL_SHIM_H

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf.h>
#include <gsl/gsl_statistics.h>

/* GSL's globals are shared mutable state to Swift 6: reach them through functions. */
static inline const gsl_root_fsolver_type *perigee_gsl_root_brent(void) { return gsl_root_fsolver_brent; }
static inline void perigee_gsl_disable_abort(void) { gsl_set_error_handler_off(); }

#endif
