#ifndef PERIGEE_FLOOR_H
#define PERIGEE_FLOOR_H

#include <stdint.h>

/* What one run of the floor has measured. */
struct perigee_floor_result {
  uint64_t invocations;
  uint64_t cold_starts;
  double seconds;        /* wall clock */
  double mean_latency_s;
  double p50_s, p95_s, p99_s;
  double mean_instances;
};

/* The least that any simulator of this model has to do: one function on a scale-per-request platform, Poisson
 * arrivals, exponential service with a warm and a cold mean, the instance idle for the shortest time first,
 * instances expire when idle for `expiry_s`. Keeps a heap of departures and a latency histogram, nothing else. */
struct perigee_floor_result perigee_floor(
    double rate_per_s, double warm_mean_s, double cold_mean_s, double expiry_s, uint64_t invocations, uint64_t seed);

#endif
