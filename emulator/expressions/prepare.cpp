// The cache is one list, the tree used last in front, and an index over it.
#include "emulator/expressions/prepare.hpp"

#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <unordered_map>
#include <utility>

namespace minamo {
namespace {

struct Key {
    TextKind kind{};
    std::string_view text;
    bool operator==(const Key&) const = default;
};

struct KeyHash {
    std::size_t operator()(const Key& key) const {
        return std::hash<std::string_view>{}(key.text) * 5 + static_cast<std::size_t>(key.kind);
    }
};

class TreeCache {
public:
    // Null where the text is not here.
    std::shared_ptr<const void> find(const Key& key) {
        const auto found = index_.find(key);
        if (found == index_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, found->second);
        return found->second->tree;
    }

    void keep(const Key& key, std::shared_ptr<const void> tree) {
        if (entries_.size() == prepared_trees_max) {
            index_.erase({entries_.back().kind, entries_.back().text});
            entries_.pop_back();
        }
        entries_.push_front({key.kind, std::string(key.text), std::move(tree)});
        index_.emplace(Key{key.kind, entries_.front().text}, entries_.begin());
    }

private:
    struct Entry {
        TextKind kind{};
        std::string text;
        std::shared_ptr<const void> tree;
    };
    std::list<Entry> entries_;
    std::unordered_map<Key, std::list<Entry>::iterator, KeyHash> index_;
};

thread_local TreeCache cache;

template <class Tree>
Prepared<Tree> prepare(TextKind kind, std::string_view text, grammar::Parsed<Tree> (*parse)(std::string_view)) {
    if (auto tree = find_prepared(kind, text)) return std::static_pointer_cast<const Tree>(std::move(tree));
    auto parsed = parse(text);
    if (!parsed) return tl::unexpected(std::move(parsed).error());
    auto tree = std::make_shared<const Tree>(std::move(*parsed));
    keep_prepared(kind, text, tree);
    return tree;
}

}  // namespace

std::shared_ptr<const void> find_prepared(TextKind kind, std::string_view text) {
    return text.size() <= prepared_text_bytes_max ? cache.find({kind, text}) : nullptr;
}

void keep_prepared(TextKind kind, std::string_view text, std::shared_ptr<const void> tree) {
    if (text.size() <= prepared_text_bytes_max) cache.keep({kind, text}, std::move(tree));
}

Prepared<grammar::ConditionExpression> prepare_condition(std::string_view text) {
    return prepare<grammar::ConditionExpression>(TextKind::condition, text, grammar::parse_condition);
}

Prepared<grammar::UpdateExpression> prepare_update(std::string_view text) {
    return prepare<grammar::UpdateExpression>(TextKind::update, text, grammar::parse_update);
}

Prepared<grammar::ProjectionExpression> prepare_projection(std::string_view text) {
    return prepare<grammar::ProjectionExpression>(TextKind::projection, text, grammar::parse_projection);
}

}  // namespace minamo
