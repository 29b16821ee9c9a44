// A walk over the trees of the latest commit, as far as minamo uses them. The format is that of LMDB 0.9 on 64-bit
// little-endian machines:
//
//   page     = number (8) pad (2) flags (2) (lower (2) upper (2) | pages of an overflow page (4)) ...
//   meta     = page magic (4) version (4) address (8) map bytes (8) tree(free list) tree(main) last page (8) id (8)
//   tree     = page bytes (4) flags (2) depth (2) branch, leaf, overflow pages (8 each) entries (8) root (8)
//   node     = low (2) high (2) flags (2) key bytes (2) key data        at the offsets that follow a page's head
//              low, high and flags of a branch are a page number; low and high of a leaf are the size of the data,
//              which is the number of an overflow page where it is big, and in the main tree another tree
//   free list = id of a commit -> count (8) page numbers (8 each), descending
#include "storage/page_check.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

namespace minamo::storage::lmdb {
namespace {

static_assert(std::endian::native == std::endian::little && sizeof(void*) == 8);

constexpr std::size_t head_bytes = 16;
constexpr std::size_t node_head_bytes = 8;
constexpr std::size_t tree_bytes = 48;
constexpr std::size_t meta_bytes = head_bytes + 24 + 2 * tree_bytes + 16;
constexpr std::uint32_t magic = 0xBEEFC0DE;
constexpr std::uint32_t version = 1;
constexpr std::uint16_t branch_flag = 1;
constexpr std::uint16_t leaf_flag = 2;
constexpr std::uint16_t overflow_flag = 4;
constexpr std::uint16_t meta_flag = 8;
constexpr std::uint16_t big_data_flag = 1;
constexpr std::uint16_t tree_data_flag = 2;
constexpr std::uint16_t key_order_flags = 0x7F;  // of a tree; the others are the environment's
constexpr std::uint16_t integer_keys_flag = 8;
constexpr std::size_t key_bytes_max = 511;
constexpr std::uint64_t no_root = ~std::uint64_t{0};
constexpr int depth_max = 32;

template <class Number>
Number load(const char* at) {
    Number number;
    std::memcpy(&number, at, sizeof number);
    return number;
}

struct Tree {
    explicit Tree(const char* at)
        : flags(load<std::uint16_t>(at + 4)), depth(load<std::uint16_t>(at + 6)), root(load<std::uint64_t>(at + 40)) {}
    std::uint16_t flags;
    int depth;
    std::uint64_t root;
};

struct Meta {
    explicit Meta(const char* page)
        : page_bytes(load<std::uint32_t>(page + head_bytes + 24)),
          free_list(page + head_bytes + 24),
          main(page + head_bytes + 24 + tree_bytes),
          last_page(load<std::uint64_t>(page + head_bytes + 24 + 2 * tree_bytes)),
          id(load<std::uint64_t>(page + head_bytes + 24 + 2 * tree_bytes + 8)) {}

    static bool is_one(const char* page) {
        return (load<std::uint16_t>(page + 10) & meta_flag) != 0 && load<std::uint32_t>(page + head_bytes) == magic &&
               load<std::uint32_t>(page + head_bytes + 4) == version;
    }

    std::size_t page_bytes;
    Tree free_list;
    Tree main;
    std::uint64_t last_page;
    std::uint64_t id;
};

enum class Kind : std::uint8_t { free_list, main, rows };

// Thrown out of the walk.
struct Fault {
    FileState state;
};

void must(bool condition) {
    if (!condition) throw Fault{FileState::damaged};
}

class Walk {
public:
    Walk(std::string_view file, const Meta& meta)
        : file_(file), meta_(meta), seen_(file.size() / meta.page_bytes + 1) {}

    void run() {
        must((meta_.free_list.flags & key_order_flags) == integer_keys_flag);
        tree(meta_.main, Kind::main);
        tree(meta_.free_list, Kind::free_list);
    }

private:
    struct Node {
        std::string_view key;
        std::uint16_t flags;
        std::uint32_t data_bytes;
        const char* data;
        std::uint64_t child;
    };

    // The first of `count` pages, each of which is met once.
    const char* take(std::uint64_t number, std::uint64_t count);
    // Free pages need not be in the file.
    void note(std::uint64_t number);
    void tree(const Tree& tree, Kind kind);
    void page(std::uint64_t number, int depth, Kind kind);
    Node node(const char* page, std::size_t place, std::uint16_t flags) const;
    void leaf_node(const Node& node, Kind kind);
    std::string_view data_of(const Node& node);
    void free_pages(std::string_view data);
    // Keys ascend through the whole tree.
    void follow(std::string_view key, bool from_branch);
    bool less(std::string_view a, std::string_view b) const;

    std::string_view file_;
    const Meta& meta_;
    std::vector<bool> seen_;
    bool integer_keys_ = false;
    std::optional<std::string_view> before_;  // the key that was met last
    bool may_equal_ = false;                  // it is a branch's, which the first of its child may be, too
};

void Walk::note(std::uint64_t number) {
    must(number >= 2 && number <= meta_.last_page);
    if (number >= seen_.size()) return;
    must(!seen_[number]);
    seen_[number] = true;
}

const char* Walk::take(std::uint64_t number, std::uint64_t count) {
    must(count <= meta_.last_page + 1);
    for (std::uint64_t i = 0; i < count; ++i) {
        note(number + i);
        if ((number + i + 1) * meta_.page_bytes > file_.size()) throw Fault{FileState::cut_off};
    }
    const char* page = file_.data() + number * meta_.page_bytes;
    must(load<std::uint64_t>(page) == number);
    return page;
}

void Walk::tree(const Tree& tree, Kind kind) {
    must(kind == Kind::free_list || tree.flags == 0);
    if (tree.root == no_root) return must(tree.depth == 0);
    must(tree.depth >= 1 && tree.depth <= depth_max);
    const auto before = before_;
    const bool may_equal = may_equal_;
    before_.reset();
    integer_keys_ = kind == Kind::free_list;
    page(tree.root, tree.depth, kind);
    before_ = before;
    may_equal_ = may_equal;
}

void Walk::page(std::uint64_t number, int depth, Kind kind) {
    const char* page = take(number, 1);
    const auto flags = load<std::uint16_t>(page + 10);
    must(flags == (depth > 1 ? branch_flag : leaf_flag));
    const auto lower = load<std::uint16_t>(page + 12);
    const auto upper = load<std::uint16_t>(page + 14);
    must(lower >= head_bytes && lower % 2 == 0 && lower <= upper && upper <= meta_.page_bytes);
    const std::size_t count = (lower - head_bytes) / 2;
    must(count >= (depth > 1 ? 2U : 1U));
    for (std::size_t i = 0; i < count; ++i) {
        const auto place = load<std::uint16_t>(page + head_bytes + 2 * i);
        must(place >= upper);
        const Node found = node(page, place, flags);
        if (depth == 1) {
            follow(found.key, false);
            leaf_node(found, kind);
            continue;
        }
        if (i > 0) follow(found.key, true);  // the first child's key means nothing
        this->page(found.child, depth - 1, kind);
    }
}

Walk::Node Walk::node(const char* page, std::size_t place, std::uint16_t flags) const {
    must(place + node_head_bytes <= meta_.page_bytes);
    const char* at = page + place;
    Node out;
    out.data_bytes = load<std::uint32_t>(at);
    out.flags = load<std::uint16_t>(at + 4);
    out.child = out.data_bytes | std::uint64_t{out.flags} << 32;
    const std::size_t key_bytes = load<std::uint16_t>(at + 6);
    must(key_bytes <= key_bytes_max && place + node_head_bytes + key_bytes <= meta_.page_bytes);
    out.key = {at + node_head_bytes, key_bytes};
    out.data = at + node_head_bytes + key_bytes;
    if (flags == branch_flag) return out;
    must(key_bytes > 0 && (out.flags & ~(big_data_flag | tree_data_flag)) == 0);
    const std::size_t here = (out.flags & big_data_flag) != 0 ? sizeof(std::uint64_t) : out.data_bytes;
    must(place + node_head_bytes + key_bytes + here <= meta_.page_bytes);
    return out;
}

// All of it in one piece: an overflow page may have more room than its data needs.
std::string_view Walk::data_of(const Node& node) {
    if ((node.flags & big_data_flag) == 0) return {node.data, node.data_bytes};
    const auto number = load<std::uint64_t>(node.data);
    const std::uint64_t needed = (head_bytes - 1 + node.data_bytes) / meta_.page_bytes + 1;
    must(number >= 2 && number <= meta_.last_page);
    if ((number + 1) * meta_.page_bytes > file_.size()) throw Fault{FileState::cut_off};
    const char* head = file_.data() + number * meta_.page_bytes;
    must(load<std::uint16_t>(head + 10) == overflow_flag);
    const auto pages = load<std::uint32_t>(head + 12);
    must(pages >= needed);
    return {take(number, pages) + head_bytes, node.data_bytes};
}

void Walk::leaf_node(const Node& node, Kind kind) {
    const std::string_view data = data_of(node);
    const bool is_tree = (node.flags & tree_data_flag) != 0;
    must(is_tree == (kind == Kind::main));
    if (is_tree) {
        must(data.size() == tree_bytes && (node.flags & big_data_flag) == 0);
        tree(Tree(data.data()), Kind::rows);
    } else if (kind == Kind::free_list) {
        must(node.key.size() == sizeof(std::uint64_t));
        free_pages(data);
    }
}

void Walk::free_pages(std::string_view data) {
    must(data.size() >= 8);
    const auto count = load<std::uint64_t>(data.data());
    must(count <= data.size() / 8 - 1);
    for (std::uint64_t i = 1; i <= count; ++i) {
        const auto number = load<std::uint64_t>(data.data() + 8 * i);
        must(i == 1 || number < load<std::uint64_t>(data.data() + 8 * (i - 1)));
        note(number);
    }
}

bool Walk::less(std::string_view a, std::string_view b) const {
    if (!integer_keys_) return a < b;
    must(a.size() == 8 && b.size() == 8);
    return load<std::uint64_t>(a.data()) < load<std::uint64_t>(b.data());
}

void Walk::follow(std::string_view key, bool from_branch) {
    if (before_) must(less(*before_, key) || (may_equal_ && !from_branch && *before_ == key));
    before_ = key;
    may_equal_ = from_branch;
}

// The file in memory, for as long as this lives.
class Mapped {
public:
    explicit Mapped(const std::string& path) {
        const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0) return;
        struct stat file {};
        if (fstat(descriptor, &file) == 0 && file.st_size > 0) {
            const auto bytes = static_cast<std::size_t>(file.st_size);
            void* at = mmap(nullptr, bytes, PROT_READ, MAP_SHARED, descriptor, 0);
            if (at != MAP_FAILED) file_ = {static_cast<const char*>(at), bytes};
        }
        close(descriptor);
    }
    ~Mapped() {
        if (!file_.empty()) munmap(const_cast<char*>(file_.data()), file_.size());
    }
    Mapped(const Mapped&) = delete;
    Mapped& operator=(const Mapped&) = delete;

    std::string_view file() const { return file_; }

private:
    std::string_view file_;
};

// The latest commit, as LMDB finds it; nothing where LMDB will refuse the file.
std::optional<Meta> latest_meta(std::string_view file) {
    if (file.size() < meta_bytes || !Meta::is_one(file.data())) return std::nullopt;
    const Meta first(file.data());
    if (!std::has_single_bit(first.page_bytes) || first.page_bytes < 256 || first.page_bytes > 65536) {
        throw Fault{FileState::damaged};
    }
    if (file.size() < 2 * first.page_bytes) throw Fault{FileState::cut_off};
    if (!Meta::is_one(file.data() + first.page_bytes)) return std::nullopt;
    const Meta second(file.data() + first.page_bytes);
    must(second.page_bytes == first.page_bytes);
    return second.id > first.id ? second : first;
}

FileState look_over(std::string_view file) {
    try {
        const auto meta = latest_meta(file);
        if (!meta) return FileState::foreign;
        must(meta->last_page >= 1 && meta->last_page < std::uint64_t{1} << 48);
        const bool is_short = file.size() < (meta->last_page + 1) * meta->page_bytes;
        if (file.size() <= checked_bytes_max || is_short) Walk(file, *meta).run();
        return FileState::whole;
    } catch (const Fault& fault) {
        return fault.state;
    }
}

}  // namespace

// Other programs keep rows in the main tree, or in trees of other kinds, so that their files look damaged.
FileState check_file(const std::string& path, std::string_view mark) {
    const Mapped mapped(path);
    const std::string_view file = mapped.file();
    if (file.empty()) return FileState::whole;
    const FileState state = look_over(file);
    if (mark.empty() || state == FileState::whole || state == FileState::cut_off) return state;
    return file.find(mark) != file.npos ? FileState::damaged : FileState::foreign;
}

}  // namespace minamo::storage::lmdb
