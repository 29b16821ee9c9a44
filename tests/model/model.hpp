// The model's tables: a std::map from key to item. An index is no structure at all, it is read off the items each time.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/model/expression.hpp"
#include "tests/model/value.hpp"

namespace minamo::model {

struct KeyPart {
    std::string name;
    Type type = Type::S;
};

struct Keys {
    KeyPart hash;
    std::optional<KeyPart> sort;
};

struct Index {
    std::string name;
    Keys keys;
    bool local = false;
    std::string projection;          // KEYS_ONLY, INCLUDE or ALL
    std::set<std::string> included;  // INCLUDE
};

struct Shape {
    std::string name;
    Keys keys;
    std::vector<Index> indexes;

    std::string create_request() const;
    std::set<std::string> key_names(const Index* index) const;  // of the table and, if any, the index
    bool projects(const Index* index, const std::string& attribute) const;
};

// What a write comes to. `mismatch`: a secondary index key of the wrong type; `condition`: the condition does not hold.
enum class Fault { none, validation, mismatch, condition };

struct Write {
    Fault fault = Fault::none;
    bool at_once = false;  // the fault shows beside the table's keys, before anything is read
    Item key;
    Item old_item;  // empty: there is none
    Item new_item;  // empty: none stays
};

// The walk that Query and Scan make, without its filter.
struct Range {
    const Index* index = nullptr;
    std::optional<Value> hash;                       // nothing: a Scan
    std::function<bool(const Value&)> sort_accepts;  // empty: all
    bool forward = true;
};

class Table {
public:
    explicit Table(Shape table_shape) : shape(std::move(table_shape)) {}

    Item key_of(const Item& item) const;
    const Item& get(const Item& key) const;  // empty: there is none

    // They say what would happen; commit() makes it so.
    Write put(const Item& item, const Condition* condition) const;
    Write erase(const Item& key, const Condition* condition) const;
    Write update(const Item& key, const Update& update, const Condition* condition) const;
    void commit(const Write& write);

    // The entries of the range as full items. Query: in order, those of a global index that tie in any order.
    std::vector<Item> read(const Range& range) const;
    Item entry(const Index* index, const Item& item) const;  // what the index holds of the item
    std::size_t count(const Index* index) const;

    // Below 0: `a` comes before `b` in the index, forward. Rows of a global index may tie.
    int order(const Index* index, const Item& a, const Item& b) const;

    const Shape shape;
    std::vector<Write> unread;  // changes whose stream records have not been read yet
    std::string iterator;       // from which they are read; empty: the start

private:
    Fault target_fault(const Item& key, const Update& update) const;
    Fault index_fault(const Item& item, const Item* old_item) const;

    std::map<std::vector<Value>, Item> items_;
};

}  // namespace minamo::model
