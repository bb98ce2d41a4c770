// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "phrases/internal.h"

#define PIECES_MAX 8192
#define PARTS_MAX  8
#define DEPTH_MAX  64
#define NO_NODE    SL_POOL_NONE

// One thing of a plain form between two spaces.
struct piece {
    char sign; // of { | } ( ) ~ ^; 0: a word
    uint32_t symbol;
    uint32_t open; // of a closing bracket
};

struct reader {
    struct sl_phrases_draft *draft;
    size_t count;
    struct piece pieces[PIECES_MAX];
};

static uint32_t symbol_of(struct sl_phrases_draft *draft, const char *text, size_t len) {
    bool stem = len > 1 && text[len - 1] == '*';
    bool tail = len > 1 && text[0] == '*';
    enum sl_symbol_kind kind = stem && tail ? SL_SYMBOL_WITHIN
                               : stem       ? SL_SYMBOL_STEM
                               : tail       ? SL_SYMBOL_TAIL
                                            : SL_SYMBOL_WORD;
    return sl_vocabulary_add(&draft->vocabulary, text + tail, len - stem - tail, kind);
}

static bool read_pieces(struct reader *reader, const char *plain) {
    uint32_t open[DEPTH_MAX];
    size_t depth = 0;
    for (const char *at = plain; *at != '\0';) {
        size_t len = strcspn(at, " ");
        struct piece piece = {.sign = len == 1 && strchr("{|}()~^", *at) != NULL ? *at : '\0'};
        bool opens = piece.sign == '{' || piece.sign == '(';
        bool closes = piece.sign == '}' || piece.sign == ')';
        if (reader->count == PIECES_MAX || at[len] == '\0' || (opens && depth == DEPTH_MAX) ||
            (closes && depth == 0)) {
            return false;
        }
        if (opens) {
            open[depth++] = (uint32_t)reader->count;
        } else if (closes) {
            piece.open = open[--depth];
        } else if (piece.sign == '\0' && !(len == 1 && *at == '?')) {
            piece.symbol = symbol_of(reader->draft, at, len);
            if (piece.symbol == 0) {
                return false;
            }
        }
        reader->pieces[reader->count++] = piece;
        at += len + 1;
    }
    return depth == 0;
}

// From back to front: each piece leads to the node of what stands behind it.

static bool is_word_tail(const struct sl_vocabulary *vocabulary, uint64_t symbol) {
    const struct sl_symbol *named = &vocabulary->symbols[symbol];
    return named->kind == SL_SYMBOL_TAIL &&
           sl_is_word_byte((unsigned char)vocabulary->texts[named->text]);
}

static uint32_t add_node(struct sl_phrases_draft *draft, const uint64_t *edges, size_t count) {
    uint32_t before = draft->nodes.count;
    uint32_t node = sl_pool_number(&draft->nodes, edges, count);
    if (node != NO_NODE && node == before) {
        uint64_t tokens = 0, tails = 0;
        for (size_t i = 0; i < count && edges[i] >> 32 != SL_EDGE_ENDS; i++) {
            uint64_t below = draft->depths.items[(uint32_t)edges[i]];
            bool tail = is_word_tail(&draft->vocabulary, edges[i] >> 32);
            tokens = (uint32_t)below + 1 > tokens ? (uint32_t)below + 1 : tokens;
            tails = (below >> 32) + tail > tails ? (below >> 32) + tail : tails;
        }
        sl_list_add(&draft->depths, tails << 32 | tokens);
    }
    return draft->depths.failed ? NO_NODE : node;
}

static uint32_t add_sequence(struct reader *reader, size_t first, size_t end, uint32_t next);

static bool add_edges_of(struct sl_phrases_draft *draft, struct sl_list *edges, uint32_t node) {
    size_t count = 0;
    if (node == NO_NODE) {
        return false;
    }
    const uint64_t *own = sl_pool_at(&draft->nodes, node, &count);
    sl_list_add_all(edges, own, count);
    return !edges->failed;
}

// The group whose closing bracket stands at `close`.
static uint32_t add_group(struct reader *reader, size_t close, uint32_t next) {
    struct sl_list edges = {0}, spare = {0};
    size_t end = close, at = close;
    bool added = reader->pieces[close].sign == '}' || add_edges_of(reader->draft, &edges, next);
    while (added && at > reader->pieces[close].open) {
        at--;
        const struct piece *piece = &reader->pieces[at];
        if (piece->sign == '}' || piece->sign == ')') {
            at = piece->open;
        } else if (piece->sign == '|' || at == reader->pieces[close].open) {
            added = add_edges_of(reader->draft, &edges, add_sequence(reader, at + 1, end, next));
            end = at;
        }
    }
    sl_list_sort(&edges, &spare);
    uint32_t node =
        added && !edges.failed ? add_node(reader->draft, edges.items, edges.count) : NO_NODE;
    sl_list_done(&edges);
    sl_list_done(&spare);
    return node;
}

static uint32_t add_sequence(struct reader *reader, size_t first, size_t end, uint32_t next) {
    while (end > first && next != NO_NODE) {
        const struct piece *piece = &reader->pieces[--end];
        if (piece->sign == '}' || piece->sign == ')') {
            next = add_group(reader, end, next);
            end = piece->open;
        } else if (piece->symbol != 0) {
            next = add_node(reader->draft, &(uint64_t){SL_EDGE(piece->symbol, next)}, 1);
        } else {
            return NO_NODE;
        }
    }
    return next;
}

// Parts.

// Not with nothing, which would be found everywhere; and not with a word that ends so, which would
// have to be looked for in every word.
static bool can_start(const struct sl_phrases_draft *draft, const uint64_t *edges, size_t count) {
    bool can = true;
    for (size_t i = 0; i < count && can; i++) {
        if (edges[i] >> 32 == SL_EDGE_ENDS) {
            return false;
        }
        can = !is_word_tail(&draft->vocabulary, edges[i] >> 32);
    }
    return can;
}

static uint32_t add_part(struct reader *reader, size_t first, size_t end, uint32_t needs,
                         uint32_t gives) {
    struct sl_phrases_draft *draft = reader->draft;
    uint64_t action = (uint64_t)needs << 32 | gives;
    uint32_t number = sl_pool_number(&draft->actions, &action, 1);
    if (number == SL_POOL_NONE) {
        return NO_NODE;
    }
    uint32_t last = add_node(draft, &(uint64_t){SL_EDGE(SL_EDGE_ENDS, number)}, 1);
    uint32_t node = add_sequence(reader, first, end, last);
    size_t count;
    if (node == NO_NODE || (uint32_t)draft->depths.items[node] > SL_PHRASES_RUN_TOKENS_MAX ||
        draft->depths.items[node] >> 32 > SL_PHRASES_RUN_TAILS_MAX) {
        return NO_NODE;
    }
    const uint64_t *edges = sl_pool_at(&draft->nodes, node, &count);
    return can_start(draft, edges, count) ? node : NO_NODE;
}

static uint32_t question_for(struct sl_phrases_draft *draft, uint32_t found) {
    size_t count = draft->questions.count;
    if (count == 0 || draft->questions.items[count - 1] != found) {
        sl_list_add(&draft->questions, found);
    }
    return (uint32_t)draft->questions.count - 1;
}

static size_t part_end(const struct reader *reader, size_t at) {
    while (at < reader->count && reader->pieces[at].sign != '~') {
        at++;
    }
    return at;
}

static bool add_parts(struct reader *reader, uint32_t found) {
    struct sl_phrases_draft *draft = reader->draft;
    uint32_t nodes[PARTS_MAX];
    size_t parts_count = 0;
    bool begins = reader->count > 0 && reader->pieces[0].sign == '^';
    uint32_t needs = SL_ACTION_HALF(begins ? SL_NEEDS_BEGIN : SL_NEEDS_NOTHING, 0);
    for (size_t at = begins; at <= reader->count;) {
        size_t end = part_end(reader, at);
        bool asks = end + 2 == reader->count && reader->pieces[end + 1].sign == '\0' &&
                    reader->pieces[end + 1].symbol == 0;
        uint32_t gives = asks ? SL_ACTION_HALF(SL_GIVES_QUESTION, question_for(draft, found))
                         : end == reader->count ? SL_ACTION_HALF(SL_GIVES_FOUND, found)
                                                : SL_ACTION_HALF(SL_GIVES_GAP, draft->gaps_count);
        uint32_t node = add_part(reader, at, end, needs, gives);
        if (node == NO_NODE || parts_count == PARTS_MAX) {
            return false;
        }
        nodes[parts_count++] = node;
        if (asks || end == reader->count) {
            break;
        }
        needs = SL_ACTION_HALF(SL_NEEDS_GAP, draft->gaps_count++);
        at = end + 1;
    }
    for (size_t i = 0; i < parts_count; i++) {
        add_edges_of(draft, &draft->starts, nodes[i]);
    }
    return true;
}

bool sl_phrases_read(struct sl_phrases_draft *draft, const struct sl_phrases_source *source) {
    struct reader reader;
    reader.draft = draft;
    reader.count = 0;
    return source->plain != NULL && source->found <= SL_ACTION_NUMBER &&
           read_pieces(&reader, source->plain) && add_parts(&reader, source->found);
}
