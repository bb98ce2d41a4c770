// SPDX-License-Identifier: Apache-2.0
#include "corpus.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/hash.h"
#include "engine/internal.h"
#include "parallel.h"
#include "terminal.h"

#define BATCH_POSTS  2048
#define TASK_POSTS   128
#define TASKS_COUNT  (BATCH_POSTS / TASK_POSTS)
#define WRITER_BYTES (1u << 20)

// Bytes that grow.
struct heap {
    unsigned char *bytes;
    size_t used, room;
    bool failed;
};

static void *heap_take(struct heap *heap, size_t bytes) {
    if (heap->used + bytes > heap->room) {
        size_t room = 2 * (heap->used + bytes);
        unsigned char *grown = realloc(heap->bytes, room);
        if (grown == NULL) {
            heap->failed = true;
            return NULL;
        }
        heap->bytes = grown;
        heap->room = room;
    }
    heap->used += bytes;
    return heap->bytes + heap->used - bytes;
}

// A word that stood in a post, or words that were hidden as a name; the bytes follow.
struct said_word {
    uint64_t hash; // 0: a name
    uint32_t post; // of the task
    uint32_t len;
};

// What one task found, in the order of its posts.
struct task {
    struct heap numbers; // hashes, then patterns, of one post after another
    struct heap words;   // struct said_word and its bytes, one after another
    uint64_t veiled[SL_CORPUS_VEILS];
    uint64_t unjudged;
};

// A post on its way: what is kept of it, and its text.
struct pending {
    struct sl_corpus_post post;
    uint64_t author;          // for words that are told
    size_t text_at, text_len; // in the batch's texts
    bool judged;
};

struct intake {
    const struct sl_engine *engine;
    const struct sl_pack *pack;
    const struct sl_corpus_options *options;
    struct sl_corpus *corpus;
    struct sl_labelled *reader;
    uint32_t chosen, brand; // groups of the reader; chosen may be none: UINT32_MAX
    uint32_t threads;
    struct sl_judge **judges;      // by thread
    struct sl_features **features; // by thread
    struct pending pending[BATCH_POSTS];
    uint32_t pending_count;
    struct heap texts;
    struct task tasks[TASKS_COUNT];
    int fd;
    uint64_t written; // numbers
    struct sl_train_progress progress;
};

// What people said.

static uint64_t bits_of(struct intake *intake, const struct sl_labelled_words *words,
                        const char *const *names, uint32_t names_count) {
    uint64_t bits = 0;
    for (uint32_t i = 0; i < words->count; i++) {
        uint64_t bit = 0;
        for (uint32_t j = 0; j < names_count && bit == 0; j++) {
            bit = sl_str_equal(sl_str_from(names[j]), words->words[i]) ? UINT64_C(1) << j : 0;
        }
        intake->corpus->unknown_words += bit == 0;
        bits |= bit;
    }
    return bits;
}

static uint64_t hash_group(struct sl_str value) {
    uint64_t hash = value.len > 0 ? sl_hash64(value.data, value.len) : 0;
    return hash != 0 || value.len == 0 ? hash : 1;
}

static bool take_post(struct intake *intake, const struct sl_labelled_post *post) {
    struct pending *pending = &intake->pending[intake->pending_count++];
    const struct sl_pack *pack = intake->pack;
    *pending = (struct pending){.text_at = intake->texts.used, .text_len = post->text.len};
    struct sl_corpus_post *kept = &pending->post;
    kept->care = post->care;
    kept->topics_known = post->topics.known;
    kept->signals_known = post->signals.known;
    kept->topics = bits_of(intake, &post->topics, pack->topics, pack->topics_count);
    kept->signals = bits_of(intake, &post->signals, pack->signals, pack->signals_count);
    if (intake->chosen != UINT32_MAX) {
        kept->groups[SL_CORPUS_CHOSEN] = hash_group(post->groups[intake->chosen]);
    }
    kept->groups[SL_CORPUS_SOURCE] = hash_group(post->groups[SL_LABELLED_SOURCE]);
    uint64_t origin[] = {kept->groups[SL_CORPUS_SOURCE], hash_group(post->groups[intake->brand])};
    kept->groups[SL_CORPUS_ORIGIN] =
        (origin[0] | origin[1]) != 0 ? hash_group((struct sl_str){(char *)origin, sizeof origin})
                                     : 0;
    kept->groups[SL_CORPUS_AUTHOR] = hash_group(post->groups[SL_LABELLED_AUTHOR]);
    kept->groups[SL_CORPUS_TEXT] = hash_group(post->text);
    pending->author = kept->groups[SL_CORPUS_AUTHOR] != 0 ? kept->groups[SL_CORPUS_AUTHOR]
                                                          : kept->groups[SL_CORPUS_TEXT];
    char *text = heap_take(&intake->texts, post->text.len);
    if (text != NULL) {
        memcpy(text, post->text.data, post->text.len);
    }
    return text != NULL;
}

// What the engine sees.

static void say_word(struct task *task, uint64_t hash, uint32_t post, const unsigned char *word,
                     size_t len) {
    struct said_word said = {.hash = hash, .post = post, .len = (uint32_t)len};
    unsigned char *at = heap_take(&task->words, sizeof said + len);
    if (at != NULL) {
        memcpy(at, &said, sizeof said);
        memcpy(at + sizeof said, word, len);
    }
}

static bool stood_before(const struct sl_feature_token *tokens, uint32_t index) {
    for (uint32_t i = 0; i < index; i++) {
        if (tokens[i].hash == tokens[index].hash) {
            return true;
        }
    }
    return false;
}

// Long texts are told of by their beginning: looking for a word among all before it is quadratic.
#define TOLD_TOKENS_MAX 256

static void say_words(struct task *task, uint32_t post, const unsigned char *view,
                      const struct sl_features *features) {
    const struct sl_feature_token *tokens = features->tokens;
    for (uint32_t i = 0; i < features->tokens_count; i++) {
        if (tokens[i].veil == SL_VEIL_NAME) {
            uint32_t first = i;
            while (i + 1 < features->tokens_count && tokens[i + 1].veil == SL_VEIL_NAME) {
                i++;
            }
            task->veiled[SL_VEIL_NAME - SL_VEIL_FIRST] += i + 1 - first;
            say_word(task, 0, post, view + tokens[first].start,
                     tokens[i].end - tokens[first].start);
        } else if (tokens[i].veil != 0) {
            task->veiled[tokens[i].veil - SL_VEIL_FIRST]++;
        } else if (i < TOLD_TOKENS_MAX &&
                   tokens[i].end - tokens[i].start <= SL_WORDBOOK_WORD_BYTES &&
                   !stood_before(tokens, i)) {
            say_word(task, tokens[i].hash, post, view + tokens[i].start,
                     tokens[i].end - tokens[i].start);
        }
    }
}

static void observe_post(struct intake *intake, uint32_t thread, uint32_t index,
                         struct task *task) {
    struct pending *pending = &intake->pending[index];
    struct sl_features *features = intake->features[thread];
    struct sl_text text = {.data = (const char *)intake->texts.bytes + pending->text_at,
                           .len = pending->text_len};
    const struct sl_observed *observed = sl_judge_observe(intake->judges[thread], text);
    if (observed->verdict->outcome != SL_JUDGED) {
        task->unjudged++;
        return;
    }
    sl_features_read(observed->view, observed->view_len, &intake->corpus->refusals, features);
    say_words(task, index, observed->view, features);
    pending->judged = true;
    pending->post.rules_milli = observed->rules_milli;
    pending->post.hashes_count = features->count;
    pending->post.words_count = features->words_count;
    pending->post.patterns_count = (uint16_t)observed->patterns_count;
    uint32_t *numbers =
        heap_take(&task->numbers, (features->count + observed->patterns_count) * sizeof *numbers);
    if (numbers != NULL) {
        memcpy(numbers, features->hashes, features->count * sizeof *numbers);
        for (uint32_t i = 0; i < observed->patterns_count; i++) {
            numbers[features->count + i] = observed->patterns[i];
        }
    }
}

static void run_task(void *context, uint32_t thread, uint32_t number) {
    struct intake *intake = context;
    struct task *task = &intake->tasks[number];
    task->numbers.used = task->words.used = 0;
    uint32_t from = number * TASK_POSTS, to = from + TASK_POSTS;
    for (uint32_t i = from; i < to && i < intake->pending_count; i++) {
        observe_post(intake, thread, i, task);
    }
}

// What is kept.

static int write_numbers(struct intake *intake, const struct heap *numbers,
                         struct sl_error *error) {
    for (size_t done = 0; done < numbers->used;) {
        ssize_t wrote = write(intake->fd, numbers->bytes + done, numbers->used - done);
        if (wrote < 0 && errno != EINTR) {
            return sl_error_set(error,
                                "the features' file in TMPDIR (or /tmp) cannot be written: %s",
                                strerror(errno));
        }
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    intake->written += numbers->used / sizeof(uint32_t);
    if (intake->written * sizeof(uint32_t) > SL_CORPUS_FILE_BYTES_MAX) {
        return sl_error_set(error, "the posts' features take more than %llu GiB; give fewer posts",
                            (unsigned long long)(SL_CORPUS_FILE_BYTES_MAX >> 30));
    }
    return SL_OK;
}

static bool keep_words(struct intake *intake, const struct task *task) {
    struct sl_corpus *corpus = intake->corpus;
    for (size_t at = 0; at < task->words.used;) {
        struct said_word said;
        memcpy(&said, task->words.bytes + at, sizeof said);
        const unsigned char *word = task->words.bytes + at + sizeof said;
        if (said.hash == 0) {
            sl_names_count(&corpus->names, word, said.len);
        } else if (!sl_wordbook_add(&corpus->vocabulary, said.hash, (const char *)word, said.len,
                                    intake->pending[said.post].author)) {
            return false;
        }
        at += sizeof said + said.len;
    }
    return true;
}

static bool keep_posts(struct intake *intake) {
    struct sl_corpus *corpus = intake->corpus;
    if (corpus->posts_room - corpus->posts_count < intake->pending_count) {
        uint64_t room = 2 * (uint64_t)corpus->posts_room + BATCH_POSTS;
        struct sl_corpus_post *posts =
            room <= SL_CORPUS_POSTS_MAX ? realloc(corpus->posts, room * sizeof *posts) : NULL;
        if (posts == NULL) {
            return false;
        }
        corpus->posts = posts;
        corpus->posts_room = (uint32_t)room;
    }
    uint64_t first = intake->written;
    for (uint32_t i = 0; i < intake->pending_count; i++) {
        struct pending *pending = &intake->pending[i];
        if (pending->judged) {
            pending->post.first = first;
            first += pending->post.hashes_count + pending->post.patterns_count;
            corpus->care_count += pending->post.care;
            corpus->posts[corpus->posts_count++] = pending->post;
        }
    }
    return true;
}

static int keep_batch(struct intake *intake, struct sl_error *error) {
    sl_parallel(intake->threads, TASKS_COUNT, run_task, intake);
    bool fine = !intake->texts.failed && keep_posts(intake);
    for (uint32_t i = 0; i < TASKS_COUNT && fine; i++) {
        struct task *task = &intake->tasks[i];
        fine = !task->numbers.failed && !task->words.failed && keep_words(intake, task);
        if (fine && write_numbers(intake, &task->numbers, error) != SL_OK) {
            return SL_FAILED;
        }
    }
    intake->pending_count = 0;
    intake->texts.used = 0;
    return fine ? SL_OK : sl_error_set(error, "out of memory for so many posts");
}

static int read_posts(struct intake *intake, struct sl_error *error) {
    const struct sl_labelled_post *post;
    do {
        if (sl_labelled_next(intake->reader, error, &post) != SL_OK) {
            return SL_FAILED;
        }
        if (post != NULL && !take_post(intake, post)) {
            return sl_error_set(error, "out of memory for so many posts");
        }
        if (intake->pending_count == BATCH_POSTS || (post == NULL && intake->pending_count > 0)) {
            if (keep_batch(intake, error) != SL_OK) {
                return SL_FAILED;
            }
            sl_train_progress_show(&intake->progress, "reading",
                                   sl_labelled_progress(intake->reader),
                                   intake->corpus->posts_count, "posts");
        }
    } while (post != NULL);
    sl_train_progress_clear(&intake->progress);
    return sl_labelled_require_posts(intake->reader, error);
}

// Names to hide.

static bool add_brands(struct sl_names *names, struct sl_str value) {
    while (value.len > 0) { // a list is joined by commas
        const char *comma = memchr(value.data, ',', value.len);
        size_t len = comma != NULL ? (size_t)(comma - value.data) : value.len;
        if (!sl_names_add(names, (struct sl_str){value.data, len})) {
            return false;
        }
        size_t past = comma != NULL ? len + 1 : len;
        value = (struct sl_str){value.data + past, value.len - past};
    }
    return true;
}

static int read_brands(struct intake *intake, struct sl_error *error) {
    const struct sl_labelled_post *post;
    do {
        if (sl_labelled_next(intake->reader, error, &post) != SL_OK) {
            return SL_FAILED;
        }
        if (post != NULL && !add_brands(&intake->corpus->names, post->groups[intake->brand])) {
            return sl_error_set(error, "out of memory for names");
        }
    } while (post != NULL);
    return sl_labelled_rewind(intake->reader, error);
}

static bool has_standard_input(const struct sl_corpus_options *options) {
    for (size_t i = 0; i < options->paths_count; i++) {
        if (strcmp(options->paths[i], "-") == 0) {
            return true;
        }
    }
    return false;
}

static int collect_names(struct intake *intake, struct sl_error *error) {
    struct sl_names *names = &intake->corpus->names;
    for (uint32_t i = 0; i < intake->pack->brands_count; i++) {
        if (!sl_names_add(names, intake->pack->brands[i])) {
            return sl_error_set(error, "out of memory for names");
        }
    }
    const char *refuse = intake->options->refuse;
    if ((refuse != NULL && sl_names_add_file(names, refuse, error) != SL_OK) ||
        (!has_standard_input(intake->options) && read_brands(intake, error) != SL_OK)) {
        return SL_FAILED;
    }
    return sl_names_seal(names, &intake->corpus->refusals)
               ? SL_OK
               : sl_error_set(error, "out of memory for names");
}

// Open and close.

static uint32_t group_of(const struct intake *intake, const char *field) {
    for (uint32_t i = 0; i < sl_labelled_groups_count(intake->reader); i++) {
        if (strcmp(sl_labelled_group_field(intake->reader, i), field) == 0) {
            return i;
        }
    }
    return UINT32_MAX;
}

static int open_reader(struct intake *intake, struct sl_error *error) {
    const struct sl_corpus_options *options = intake->options;
    struct sl_labelled_options posts = options->posts;
    const char *added[] = {"brand", options->group};
    for (size_t i = 0; i < 2; i++) {
        if (added[i] != NULL && posts.group_fields_count < SL_LABELLED_GROUPS_MAX) {
            posts.group_fields[posts.group_fields_count++] = added[i];
        }
    }
    if (sl_labelled_open(&posts, options->paths, options->paths_count, error, &intake->reader) !=
        SL_OK) {
        return SL_FAILED;
    }
    intake->brand = group_of(intake, "brand");
    intake->chosen = options->group != NULL ? group_of(intake, options->group) : UINT32_MAX;
    return intake->brand != UINT32_MAX
               ? SL_OK
               : sl_error_set(error, "too many groups; give at most %d",
                              SL_LABELLED_GROUPS_MAX - SL_LABELLED_GROUPS_FIXED - 2);
}

static int open_judges(struct intake *intake, struct sl_error *error) {
    intake->judges = calloc(intake->threads, sizeof *intake->judges);
    intake->features = calloc(intake->threads, sizeof *intake->features);
    for (uint32_t i = 0; i < intake->threads; i++) {
        if (intake->judges == NULL || intake->features == NULL ||
            (intake->features[i] = malloc(sizeof **intake->features)) == NULL) {
            return sl_error_set(error, "out of memory for judges");
        }
        if (sl_judge_open(intake->engine, error, &intake->judges[i]) != SL_OK) {
            return SL_FAILED;
        }
    }
    return SL_OK;
}

static int open_file(struct intake *intake, struct sl_error *error) {
    const char *dir = getenv("TMPDIR");
    dir = dir != NULL && *dir == '/' ? dir : "/tmp";
    intake->fd = open(dir, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    return intake->fd >= 0 ? SL_OK
                           : sl_error_set(error, "%s: the features' file cannot be made: %s", dir,
                                          strerror(errno));
}

static int map_numbers(struct intake *intake, struct sl_error *error) {
    size_t bytes = intake->written * sizeof(uint32_t);
    void *mapped = bytes > 0 ? mmap(NULL, bytes, PROT_READ, MAP_SHARED, intake->fd, 0) : NULL;
    if (mapped == MAP_FAILED) {
        return sl_error_set(error, "the features' file cannot be mapped: %s", strerror(errno));
    }
    intake->corpus->numbers = mapped;
    intake->corpus->numbers_count = intake->written;
    return SL_OK;
}

static void close_intake(struct intake *intake) {
    for (uint32_t i = 0; i < TASKS_COUNT; i++) {
        intake->corpus->unjudged += intake->tasks[i].unjudged;
        for (uint32_t veil = 0; veil < SL_CORPUS_VEILS; veil++) {
            intake->corpus->veiled[veil] += intake->tasks[i].veiled[veil];
        }
        free(intake->tasks[i].numbers.bytes);
        free(intake->tasks[i].words.bytes);
    }
    for (uint32_t i = 0; i < intake->threads; i++) {
        if (intake->judges != NULL) {
            sl_judge_close(intake->judges[i]);
        }
        if (intake->features != NULL) {
            free(intake->features[i]);
        }
    }
    free(intake->judges);
    free(intake->features);
    free(intake->texts.bytes);
    if (intake->reader != NULL) {
        intake->corpus->counts = *sl_labelled_count(intake->reader);
        sl_labelled_close(intake->reader);
    }
    if (intake->fd >= 0) {
        close(intake->fd);
    }
    free(intake);
}

int sl_corpus_read(const struct sl_engine *engine, const struct sl_corpus_options *options,
                   struct sl_error *error, struct sl_corpus *ret_corpus) {
    struct intake *intake = calloc(1, sizeof *intake);
    if (intake == NULL) {
        return sl_error_set(error, "out of memory for posts");
    }
    *ret_corpus = (struct sl_corpus){0};
    intake->engine = engine;
    intake->pack = sl_engine_pack(engine);
    intake->options = options;
    intake->corpus = ret_corpus;
    intake->threads = options->threads;
    intake->progress.quiet = options->quiet;
    intake->fd = -1;
    int result = open_reader(intake, error) == SL_OK && open_judges(intake, error) == SL_OK &&
                         open_file(intake, error) == SL_OK &&
                         collect_names(intake, error) == SL_OK &&
                         read_posts(intake, error) == SL_OK && map_numbers(intake, error) == SL_OK
                     ? SL_OK
                     : SL_FAILED;
    close_intake(intake);
    if (result != SL_OK) {
        sl_corpus_done(ret_corpus);
    }
    return result;
}

void sl_corpus_done(struct sl_corpus *corpus) {
    if (corpus->numbers != NULL) {
        munmap((void *)corpus->numbers, corpus->numbers_count * sizeof *corpus->numbers);
    }
    free(corpus->posts);
    sl_names_done(&corpus->names);
    sl_wordbook_done(&corpus->vocabulary);
    *corpus = (struct sl_corpus){0};
}
