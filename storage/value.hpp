// AttributeValue and Item as trees: what requests build and updates change. Reading and comparing is done on the
// encoded form (item_codec.hpp); a tree is made only where something is to be changed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "storage/decimal.hpp"

namespace minamo::storage {

// In the order of AttributeValue's variant.
enum class Type : std::uint8_t { S, N, B, BOOL, NULL_, SS, NS, BS, L, M };

// "S", "N", ..., "NULL".
std::string_view type_name(Type type);

struct AttributeValue;
struct Attribute;

struct Binary {
    std::string bytes;
    bool operator==(const Binary&) const = default;
};
struct Null {
    bool operator==(const Null&) const = default;
};

// Members of sets are sorted and distinct once normalized (see normalize); builders append and then normalize.
struct StringSet {
    std::vector<std::string> members;
    bool operator==(const StringSet&) const = default;
};
struct NumberSet {
    std::vector<Decimal> members;
    bool operator==(const NumberSet&) const = default;
};
struct BinarySet {
    std::vector<std::string> members;
    bool operator==(const BinarySet&) const = default;
};

using List = std::vector<AttributeValue>;

// Names in ascending byte order, each once: equality of maps is equality of their attributes.
class Map {
public:
    Map() = default;
    const AttributeValue* find(std::string_view name) const;
    AttributeValue* find(std::string_view name);
    // Inserts or replaces. Appending in ascending order costs no search.
    AttributeValue& set(std::string_view name, AttributeValue value);
    bool erase(std::string_view name);
    // The same for many at once, whose cost is not that of one times their number: of several with one name the last
    // counts.
    void set_all(std::vector<Attribute> given);
    void erase_all(std::vector<std::string_view> names);
    bool empty() const { return attributes_.empty(); }
    std::size_t size() const;
    auto begin() const { return attributes_.begin(); }
    auto end() const { return attributes_.end(); }
    auto begin() { return attributes_.begin(); }
    auto end() { return attributes_.end(); }
    void reserve(std::size_t n);
    bool operator==(const Map&) const;

private:
    std::vector<Attribute> attributes_;
};

using Item = Map;

struct AttributeValue {
    std::variant<std::string, Decimal, Binary, bool, Null, StringSet, NumberSet, BinarySet, List, Map> data;

    Type type() const { return static_cast<Type>(data.index()); }
    bool operator==(const AttributeValue&) const = default;
};

struct Attribute {
    std::string name;
    AttributeValue value;
    bool operator==(const Attribute&) const = default;
};

inline std::size_t Map::size() const {
    return attributes_.size();
}

// Sorts the members of a set. False where two are equal (numerically, for numbers): the set is then left unspecified.
bool normalize(StringSet& set);
bool normalize(NumberSet& set);
bool normalize(BinarySet& set);

// DynamoDB's size in bytes (facts: numbers and sizes, section 2): of a value, and of an item (its names included).
std::size_t size_bytes(const AttributeValue& value);
std::size_t size_bytes(const Item& item);

// Levels of nesting: 1 for a scalar or a set, 1 + the deepest element for a list or map.
std::size_t depth(const AttributeValue& value);

}  // namespace minamo::storage
