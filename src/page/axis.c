// SPDX-License-Identifier: Apache-2.0
#include <math.h>

#include "base/assert.h"
#include "page/draw.h"

// 1, 2 or 5 times a power of ten, so that about so many steps make the range.
static double round_step(double range, unsigned steps) {
    double rough = range / steps, power = pow(10, floor(log10(rough)));
    double shape = rough / power;
    return power * (shape < 1.5 ? 1 : shape < 3.5 ? 2 : shape < 7.5 ? 5 : 10);
}

static void add_tick(struct scale *scale, double value) {
    double slack = 1e-9 * fabs(scale->to - scale->from);
    if (value >= scale->from - slack && value <= scale->to + slack &&
        scale->ticks_count < SL_PAGE_TICKS_MAX) {
        scale->ticks[scale->ticks_count++] = value;
    }
}

static void tick_linear(struct scale *scale, bool open, unsigned wanted) {
    double step = round_step(scale->to - scale->from, wanted);
    if (open) {
        scale->from = floor(scale->from / step + 1e-9) * step;
        scale->to = ceil(scale->to / step - 1e-9) * step;
    }
    double first = ceil(scale->from / step - 1e-9);
    for (unsigned i = 0; i < SL_PAGE_TICKS_MAX; i++) {
        add_tick(scale, (first + i) * step);
    }
    double decimals = ceil(-log10(step) - 1e-9);
    scale->decimals = decimals < 0 ? 0 : decimals > 9 ? 9 : (int)decimals;
}

static void tick_logarithmic(struct scale *scale, bool open) {
    if (open) {
        scale->from = pow(10, floor(log10(scale->from) + 1e-9));
        scale->to = pow(10, ceil(log10(scale->to) - 1e-9));
        scale->to = scale->to > scale->from ? scale->to : 10 * scale->from;
    }
    double decades = log10(scale->to / scale->from);
    double step = decades > 12 ? ceil(decades / 12) : 1;
    for (double power = floor(log10(scale->from)); power <= ceil(log10(scale->to)); power += step) {
        add_tick(scale, pow(10, power));
        if (decades < 3) {
            add_tick(scale, 2 * pow(10, power));
            add_tick(scale, 5 * pow(10, power));
        }
    }
    double decimals = ceil(-log10(scale->from) - 1e-9);
    scale->decimals = decimals < 0 ? 0 : decimals > 9 ? 9 : (int)decimals;
}

struct scale sl_page_scale(const struct sl_page_axis *axis, double least, double most, double start,
                           double end, unsigned ticks_wanted) {
    struct scale scale = {.from = axis->from,
                          .to = axis->to,
                          .start = start,
                          .end = end,
                          .logarithmic = axis->logarithmic};
    bool open = !(axis->from < axis->to);
    if (open) {
        scale.from = isnan(least) ? (axis->logarithmic ? 1 : 0) : least;
        scale.to = isnan(most) ? (axis->logarithmic ? 10 : 1) : most;
    }
    if (axis->logarithmic) {
        SL_ASSERT(scale.from > 0);
        tick_logarithmic(&scale, open);
        return scale;
    }
    if (!(scale.from < scale.to)) { // all points are one
        double half = scale.from != 0 ? fabs(scale.from) / 2 : 0.5;
        scale.from -= half;
        scale.to += half;
    }
    tick_linear(&scale, open, ticks_wanted);
    return scale;
}

double sl_page_place(const struct scale *scale, double value) {
    double share = scale->logarithmic ? log(value / scale->from) / log(scale->to / scale->from)
                                      : (value - scale->from) / (scale->to - scale->from);
    return scale->start + share * (scale->end - scale->start);
}
