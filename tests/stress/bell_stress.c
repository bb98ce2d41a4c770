// SPDX-License-Identifier: Apache-2.0
//
// Goal: no wake is lost, whenever the ring falls between the owner's arming, looking and sleeping.
// Method: two games between two threads, each of which a single lost wake stops for ever; the
// test's time limit reports it. In `ping_pong` each side sleeps until the other has played. In
// `flood` one side rings at full speed while the other keeps falling asleep, so that rings meet
// every state of the bell. What they look at is relaxed: nothing but the bell's orders lets a
// sleeper see it. Not a Criterion program (see ring_stress.c).
#include <inttypes.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/assert.h"
#include "ring/bell.h"

static const uint64_t turns_count = 50000;
static const uint64_t flood_count = 1000000;

struct game {
    struct sl_bell bells[2];
    _Atomic uint64_t turn; // how often anybody has played; even: side 0 is next
};

struct player {
    struct game *game;
    unsigned side;
};

static uint64_t turn_now(struct game *game) {
    return atomic_load_explicit(&game->turn, memory_order_relaxed);
}

static void play(struct game *game, unsigned side) {
    atomic_store_explicit(&game->turn, turn_now(game) + 1, memory_order_relaxed);
    sl_bell_ring(&game->bells[1 - side]);
}

static void sleep_once(struct sl_bell *bell, bool work_waits) {
    if (!work_waits) {
        sl_bell_wait(bell, -1);
    }
    sl_bell_disarm(bell);
}

static void *ping_pong(void *argument) {
    struct player *player = argument;
    struct game *game = player->game;
    while (turn_now(game) < turns_count) {
        if (turn_now(game) % 2 == player->side) {
            play(game, player->side);
            continue;
        }
        sl_bell_arm(&game->bells[player->side]);
        sleep_once(&game->bells[player->side], turn_now(game) % 2 == player->side);
    }
    return NULL;
}

static void *flood(void *argument) {
    struct player *player = argument;
    struct game *game = player->game;
    if (player->side == 0) {
        while (turn_now(game) < flood_count) {
            play(game, 0);
        }
        return NULL;
    }
    uint64_t seen = 0;
    while (seen < flood_count) {
        sl_bell_arm(&game->bells[1]);
        uint64_t now = turn_now(game);
        sleep_once(&game->bells[1], now != seen);
        seen = now;
    }
    return NULL;
}

static void run_game(const char *name, void *(*side)(void *)) {
    struct game game = {0};
    struct player players[2] = {{&game, 0}, {&game, 1}};
    struct sl_error error = {0};
    for (unsigned i = 0; i < 2; i++) {
        int opened = sl_bell_open(&game.bells[i], &error);
        SL_ASSERT(opened == SL_OK);
    }
    pthread_t other;
    int started = pthread_create(&other, NULL, side, &players[1]);
    SL_ASSERT(started == 0);
    side(&players[0]);
    pthread_join(other, NULL);
    for (unsigned i = 0; i < 2; i++) {
        sl_bell_close(&game.bells[i]);
    }
    printf("%s: %" PRIu64 " turns, no wake lost\n", name, turn_now(&game));
}

int main(void) {
    run_game("ping_pong", ping_pong);
    run_game("flood", flood);
    return 0;
}
