#define _POSIX_C_SOURCE 200809L
#include "floor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Random numbers: a Weyl sequence through SplitMix64's output function. */
static inline uint64_t draw(uint64_t *state) {
  uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

static inline double exponential(uint64_t *state, double mean) {
  return -mean * log(((double)(draw(state) >> 11) + 0.5) * 0x1p-53);
}

/* Departures: a binary min-heap of times. */
struct departures {
  int64_t *times;
  size_t count, capacity;
};

static inline void push(struct departures *d, int64_t time) {
  if (d->count == d->capacity) {
    d->capacity *= 2;
    d->times = realloc(d->times, d->capacity * sizeof *d->times);
  }
  size_t hole = d->count++;
  while (hole > 0) {
    size_t parent = (hole - 1) >> 1;
    if (d->times[parent] <= time) break;
    d->times[hole] = d->times[parent];
    hole = parent;
  }
  d->times[hole] = time;
}

static inline void pop(struct departures *d) {
  int64_t last = d->times[--d->count];
  size_t hole = 0;
  for (size_t child = 1; child < d->count; child = 2 * hole + 1) {
    if (child + 1 < d->count && d->times[child + 1] < d->times[child]) child++;
    if (last <= d->times[child]) break;
    d->times[hole] = d->times[child];
    hole = child;
  }
  d->times[hole] = last;
}

/* Latency histogram: 256 buckets for each power of two. */
enum { BUCKETS = 64 * 256 };

static inline size_t bucket(uint64_t value) {
  if (value < 256) return value;
  int shift = 55 - __builtin_clzll(value);
  return (size_t)(shift + 1) * 256 + ((value >> shift) & 255);
}

static double percentile(const uint64_t *histogram, double q, uint64_t total) {
  uint64_t wanted = (uint64_t)ceil(q * (double)total), seen = 0;
  for (size_t b = 0; b < BUCKETS; b++) {
    seen += histogram[b];
    if (seen < wanted) continue;
    if (b < 256) return (double)b * 1e-9;
    return ldexp((double)(b % 256 + 256) + 0.5, (int)(b / 256) - 1) * 1e-9;
  }
  return NAN;
}

/* Idle instances by the time at which they became idle, the longest idle at `bottom`. */
struct idle {
  int64_t *since;
  size_t bottom, top, capacity;
};

static inline void rest(struct idle *idle, int64_t now) {
  if (idle->top == idle->capacity) {
    if (idle->bottom > 0) {
      memmove(idle->since, idle->since + idle->bottom, (idle->top - idle->bottom) * sizeof *idle->since);
      idle->top -= idle->bottom;
      idle->bottom = 0;
    } else {
      idle->capacity *= 2;
      idle->since = realloc(idle->since, idle->capacity * sizeof *idle->since);
    }
  }
  idle->since[idle->top++] = now;
}

struct perigee_floor_result perigee_floor(
    double rate_per_s, double warm_mean_s, double cold_mean_s, double expiry_s, uint64_t invocations, uint64_t seed) {
  struct departures busy = {malloc(1024 * sizeof(int64_t)), 0, 1024};
  struct idle idle = {malloc(65536 * sizeof(int64_t)), 0, 0, 65536};
  uint64_t *histogram = calloc(BUCKETS, sizeof *histogram);
  uint64_t state = seed, done = 0, colds = 0, live = 0;
  const int64_t expiry = (int64_t)(expiry_s * 1e9);
  const double gap = 1e9 / rate_per_s, warm = warm_mean_s * 1e9, cold = cold_mean_s * 1e9;
  double instance_time = 0, latency_time = 0;
  int64_t last = 0, arrival = (int64_t)exponential(&state, gap);
  struct timespec begin, end;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  while (done < invocations) {
    if (busy.count > 0 && busy.times[0] < arrival) {
      int64_t now = busy.times[0];
      pop(&busy);
      rest(&idle, now);
      continue;
    }
    while (idle.bottom < idle.top && idle.since[idle.bottom] + expiry <= arrival) {
      instance_time += (double)(idle.since[idle.bottom++] + expiry);
      live--;
    }
    last = arrival;
    int is_cold = idle.bottom == idle.top;
    int64_t service = (int64_t)exponential(&state, is_cold ? cold : warm);
    if (is_cold) {
      colds++;
      live++;
      instance_time -= (double)arrival; /* births are subtracted, deaths added, the living added at the end */
      idle.bottom = idle.top = 0;
    } else {
      idle.top--;
    }
    push(&busy, arrival + service);
    histogram[bucket((uint64_t)service)]++;
    latency_time += (double)service;
    arrival += (int64_t)exponential(&state, gap);
    done++;
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  struct perigee_floor_result result = {
      .invocations = done,
      .cold_starts = colds,
      .seconds = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) * 1e-9,
      .mean_latency_s = latency_time * 1e-9 / (double)done,
      .p50_s = percentile(histogram, 0.50, done),
      .p95_s = percentile(histogram, 0.95, done),
      .p99_s = percentile(histogram, 0.99, done),
      .mean_instances = (instance_time + (double)live * (double)last) / (double)last,
  };
  free(busy.times);
  free(idle.since);
  free(histogram);
  return result;
}
