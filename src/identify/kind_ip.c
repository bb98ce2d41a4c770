// SPDX-License-Identifier: Apache-2.0
#include "identify/kind.h"

const struct sl_kind_rules sl_kind_ip = {
    .threshold = 60,
};
