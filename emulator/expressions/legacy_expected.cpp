// Expected, QueryFilter and ScanFilter. An entry of Expected is either an operator with values, or the older Value and
// Exists, which ask for equality or absence.
#include <optional>
#include <utility>
#include <vector>

#include "emulator/expressions/expressions.hpp"
#include "emulator/expressions/legacy_trees.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/json_members.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

// What an entry of Expected has.
struct ExpectedEntry {
    std::string_view attribute;
    const json::Value* value = nullptr;
    const json::Value* list = nullptr;
    const json::Value* comparison = nullptr;
    const json::Value* exists = nullptr;

    ExpectedEntry(std::string_view name, const json::Value& entry)
        : attribute(name),
          value(json::find(entry, "Value")),
          list(json::find(entry, "AttributeValueList")),
          comparison(json::find(entry, "ComparisonOperator")),
          exists(json::find(entry, "Exists")) {}
};

tl::unexpected<Error> invalid_entry(const std::string& what, const ExpectedEntry& entry) {
    return invalid_legacy(what + " for Attribute: " + std::string(entry.attribute));
}

Result<LegacyCondition> read_operator(const ExpectedEntry& entry, std::vector<storage::AttributeValue> values) {
    const std::string_view text = json::text(*entry.comparison);
    LegacyCondition out{entry.attribute, legacy_operator(text), std::move(values)};
    const bool takes_none = out.comparison == LegacyOperator::null || out.comparison == LegacyOperator::not_null;
    if (!takes_none && entry.value == nullptr && entry.list == nullptr) {
        return invalid_entry("Value or AttributeValueList must be used with ComparisonOperator: " + std::string(text),
                             entry);
    }
    TRY(check_legacy_condition(out));
    return out;
}

Result<LegacyCondition> read_existence(const ExpectedEntry& entry, std::vector<storage::AttributeValue> values) {
    if (entry.list != nullptr)
        return invalid_entry("AttributeValueList can only be used with a ComparisonOperator", entry);
    const bool exists = entry.exists == nullptr || boolean(*entry.exists);
    if (exists && entry.value == nullptr) {
        const std::string shown = entry.exists != nullptr ? "true" : "null";
        return invalid_entry("Value must be provided when Exists is " + shown, entry);
    }
    if (!exists && entry.value != nullptr) return invalid_entry("Value cannot be used when Exists is false", entry);
    return LegacyCondition{entry.attribute, exists ? LegacyOperator::eq : LegacyOperator::null, std::move(values)};
}

Result<LegacyCondition> read_expected(std::string_view attribute, const json::Value& given) {
    const ExpectedEntry entry(attribute, given);
    TRY_LET(values, read_values(entry.list));
    if (entry.value != nullptr) {
        TRY_LET(value, value_from_json(*entry.value));
        if (entry.list != nullptr) return invalid_entry("Value and AttributeValueList cannot be used together", entry);
        values.push_back(std::move(value));
    }
    if (entry.comparison == nullptr) return read_existence(entry, std::move(values));
    if (entry.exists != nullptr) return invalid_entry("Exists and ComparisonOperator cannot be used together", entry);
    return read_operator(entry, std::move(values));
}

using ReadEntry = Result<LegacyCondition> (*)(std::string_view, const json::Value&);

// Without an object there are no entries.
Result<BoundCondition> bind_entries(const json::Value* object, std::string_view conditional_operator, ReadEntry read) {
    std::vector<LegacyCondition> conditions;
    if (object != nullptr) {
        for (const JsonMember& member : distinct_members(*object)) {
            TRY(check_legacy_name(member.name));
            TRY_LET(condition, read(member.name, *member.value));
            conditions.push_back(std::move(condition));
        }
    }
    if (!conditional_operator.empty() && conditions.empty()) {
        return invalid("ConditionalOperator cannot be used without Filter or Expected");
    }
    if (!conditional_operator.empty() && conditions.size() == 1) {
        return invalid("ConditionalOperator can only be used when Filter or Expected has two or more elements");
    }
    return legacy_tree(conditions, conditional_operator);
}

// Faults of values are their own; what else is wrong breaks a rule of Expected.
Result<BoundCondition> told_of_expected(Result<BoundCondition> bound) {
    if (!bound && bound.error()->fault == RequestFault::none) bound.error()->fault = RequestFault::expected;
    return bound;
}

}  // namespace

Result<BoundCondition> bind_expected(const json::Value& object, std::string_view conditional_operator) {
    return told_of_expected(bind_entries(&object, conditional_operator, read_expected));
}

Result<BoundCondition> bind_expected_of(Input request) {
    return told_of_expected(bind_entries(request.find("Expected"), request.text("ConditionalOperator"), read_expected));
}

Result<BoundCondition> bind_legacy_filter(const json::Value& object, std::string_view conditional_operator) {
    return bind_entries(&object, conditional_operator, read_legacy_condition);
}

Result<BoundCondition> bind_legacy_filter_of(Input request, std::string_view member) {
    return bind_entries(request.find(member), request.text("ConditionalOperator"), read_legacy_condition);
}

}  // namespace minamo
