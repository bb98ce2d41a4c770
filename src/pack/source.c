// SPDX-License-Identifier: Apache-2.0
#include "pack/source.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pack/loader.h"
#include "text/utf8.h"

// A file that is to be read: `asked` is the value that names it, NULL for the first.
struct request {
    const char *path;
    const struct sl_yaml_node *asked;
    size_t depth;
};

static void refuse(struct sl_loader *loader, const struct request *request, const char *message) {
    if (request->asked != NULL) {
        sl_value_complain(loader, request->asked, request->asked->place, "%s: %s", request->path,
                          message);
    } else {
        sl_problems_add(&loader->problems, (struct sl_pack_place){.file = request->path}, "%s",
                        message);
    }
}

static bool read_bytes(int fd, char *bytes, size_t size) {
    size_t len = 0;
    while (len < size) {
        ssize_t got = read(fd, bytes + len, size - len);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        len += (size_t)got;
    }
    return true;
}

static bool is_new(const struct sl_loader *loader, const struct stat *status) {
    for (size_t i = 0; i < loader->sources.count; i++) {
        const struct sl_source *source = &loader->sources.list[i];
        if (source->device == status->st_dev && source->inode == status->st_ino) {
            return false;
        }
    }
    return true;
}

static const char *why_not(const struct sl_loader *loader, const struct stat *status) {
    if (!S_ISREG(status->st_mode)) {
        return "expected a file, found a folder or device";
    }
    if ((uint64_t)status->st_size > SL_SOURCE_BYTES_MAX) {
        return "expected at most 8 MiB, found more";
    }
    if (!is_new(loader, status)) {
        return "expected a file that is not read yet, found one that is";
    }
    return loader->sources.count == SL_SOURCES_MAX ? "expected at most 64 files, found more" : NULL;
}

static bool read_open_file(struct sl_loader *loader, const struct request *request, int fd,
                           struct sl_str *ret_bytes) {
    struct stat status;
    const char *message = fstat(fd, &status) != 0 ? strerror(errno) : why_not(loader, &status);
    if (message != NULL) {
        refuse(loader, request, message);
        return false;
    }
    size_t size = (size_t)status.st_size;
    char *bytes = sl_arena_take(&loader->scratch, size + 1, 1);
    if (bytes == NULL || !read_bytes(fd, bytes, size)) {
        refuse(loader, request,
               bytes == NULL ? "expected smaller files, found no room for this one"
                             : "cannot be read, or changes while it is");
        return false;
    }
    loader->sources.list[loader->sources.count++] =
        (struct sl_source){.path = request->path, .device = status.st_dev, .inode = status.st_ino};
    *ret_bytes = (struct sl_str){bytes, size};
    return true;
}

static bool check_utf8(struct sl_loader *loader, const char *path, struct sl_str bytes) {
    struct sl_pack_place place = {.file = path, .line = 1, .column = 1};
    for (size_t at = 0; at < bytes.len;) {
        uint32_t code_point;
        bool valid;
        at += sl_utf8_decode((const unsigned char *)bytes.data + at, bytes.len - at, &code_point,
                             &valid);
        if (!valid) {
            sl_problems_add(&loader->problems, place,
                            "expected UTF-8, found other bytes; save the file as UTF-8");
            return false;
        }
        place.column = code_point == '\n' ? 1 : place.column + 1;
        place.line += code_point == '\n';
    }
    return true;
}

static void read_file(struct sl_loader *loader, const struct request *request);

const char *sl_source_resolve(struct sl_loader *loader, const char *from, const char *name) {
    char path[PATH_MAX];
    const char *slash = strrchr(from, '/');
    size_t folder = name[0] == '/' || slash == NULL ? 0 : (size_t)(slash - from) + 1;
    int len = snprintf(path, sizeof path, "%.*s%s", (int)folder, from, name);
    char *kept = len > 0 && (size_t)len < sizeof path
                     ? sl_loader_take(loader, (size_t)len + 1, sizeof *kept)
                     : NULL;
    return kept != NULL ? strcpy(kept, path) : name;
}

static void read_includes(struct sl_loader *loader, const struct request *request,
                          const struct sl_yaml_node *includes) {
    for (const struct sl_yaml_node *item = sl_value_first(includes); item != NULL;
         item = sl_value_next(includes, item)) {
        struct sl_str name;
        if (sl_value_text(loader, item, &name)) {
            struct request inner = {.path = sl_source_resolve(loader, request->path, name.data),
                                    .asked = item,
                                    .depth = request->depth + 1};
            read_file(loader, &inner);
        }
    }
}

static void read_file(struct sl_loader *loader, const struct request *request) {
    if (request->depth > SL_SOURCE_DEPTH_MAX) {
        refuse(loader, request, "expected at most 8 includes within includes, found more");
        return;
    }
    int fd = open(request->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        refuse(loader, request, strerror(errno));
        return;
    }
    size_t index = loader->sources.count;
    struct sl_str bytes;
    bool read = read_open_file(loader, request, fd, &bytes);
    close(fd);
    if (!read || !check_utf8(loader, request->path, bytes)) {
        return;
    }
    struct sl_yaml_input input = {.file = request->path,
                                  .bytes = bytes,
                                  .texts = &loader->arena,
                                  .nodes = &loader->scratch,
                                  .problems = &loader->problems};
    const struct sl_yaml_node *root = sl_yaml_parse(&input);
    loader->sources.list[index].root = root;
    if (root != NULL && root->kind == SL_YAML_MAP && sl_yaml_find(root, "include") != NULL) {
        read_includes(loader, request, sl_yaml_find(root, "include"));
    }
}

void sl_sources_read(struct sl_loader *loader, const char *path) {
    char *kept = sl_loader_take(loader, strlen(path) + 1, sizeof *kept);
    if (kept != NULL) {
        struct request request = {.path = strcpy(kept, path)};
        read_file(loader, &request);
    }
}
