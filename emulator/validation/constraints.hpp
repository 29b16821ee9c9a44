// The second half of validation: lengths, ranges, patterns, enums and what is required. All that is wrong is reported
// in one error, in the order of the shapes' members, ten faults at most.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "emulator/api/operations.hpp"
#include "emulator/wire/json.hpp"

namespace minamo {

// Where a value stands, from the inside out: requestItems.music.member.keys
struct ValuePath {
    const ValuePath* parent = nullptr;
    const api::Field* field = nullptr;  // a member of a structure; else an element of a collection:
    std::string_view key = {};          // a map's value, or
    std::size_t number = 0;             // a list's element, from 1
};

class ConstraintCheck {
public:
    // `everywhere`: look for nulls in collections also where nothing has constraints.
    explicit ConstraintCheck(bool everywhere) : everywhere_(everywhere) {}

    // A member of the input and all beneath it; `value` is null where the member is absent. Types are right.
    void check_member(const api::Field& field, const json::Value* value, const ValuePath* parent = nullptr);

    bool passed() const { return count_ == 0; }
    // "2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: ...; ..."
    std::string message() const;

    static constexpr int faults_max = 10;

private:
    void check_value(const api::Shape& shape, const json::Value& value, const ValuePath& path);
    void check_elements(const api::Shape& shape, const json::Value& list, const ValuePath& path);
    void check_entries(const api::Shape& shape, const json::Value& map, const ValuePath& path);
    void check_contents(const api::Shape& shape, const json::Value& value, const ValuePath& path);
    [[gnu::noinline]] void report_own(const api::Shape& shape, const json::Value& value, const ValuePath& path);
    [[gnu::noinline]] void report_collection(const ValuePath& path, const api::Shape& shape,
                                             const json::Value& collection, std::string_view what,
                                             const api::Shape& element);
    [[gnu::noinline]] void report(const ValuePath& path, const api::Shape* shape, const json::Value* value,
                                  std::string_view constraint);

    const bool everywhere_;
    int count_ = 0;
    std::string faults_;
};

// Whether a value's own constraints hold, those of what it contains aside. Its type is right.
bool constraints_hold(const api::Shape& shape, const json::Value& value);
// Whether a number's maximum is right: for members that have a sentence of their own for that.
bool maximum_holds(const api::Shape& shape, const json::Value& number);
// Whether a string is one of its enum's values.
bool is_listed(const api::Shape& shape, const json::Value& text);

}  // namespace minamo
