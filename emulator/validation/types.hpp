// The first half of validation: whether values have the types of their shapes. The service converts a request into its
// own objects before it looks at any constraint, and stops at the first value that cannot be converted.
#pragma once

#include <string>

#include "emulator/api/operations.hpp"
#include "emulator/wire/json.hpp"

namespace minamo {

class TypeCheck {
public:
    // Whether a member of a structure can be converted, with all beneath it. Null is absent, and right. The stack
    // needed grows with the value's depth, which the parser limits.
    bool accepts(const api::Shape& shape, const json::Value& value);

    // What was wrong, in the service's words; of the last value that was not accepted.
    const std::string& fault() const { return fault_; }

    // Whether a list had a null for an element, or a map other than of attribute values a null for a value. The service
    // has no objects for these; constraints refuse them.
    bool saw_null_element() const { return saw_null_element_; }

private:
    enum class Place { member, element };

    bool check_value(const api::Shape& shape, const json::Value& value, Place place);
    bool check_scalar(const api::Shape& shape, const json::Value& value, Place place);
    bool check_fields(const api::Shape& shape, const json::Value& object);
    bool check_values(const api::Shape& shape, const json::Value& object);
    bool check_elements(const api::Shape& shape, const json::Value& array);
    [[gnu::noinline]] bool check_boolean(const json::Value& value);
    [[gnu::noinline]] bool check_base64(const json::Value& value);
    [[gnu::noinline]] bool refuse(std::string fault);
    [[gnu::noinline]] bool refuse_conversion(const api::Shape& shape, const json::Value& value);
    [[gnu::noinline]] bool refuse_array(const api::Shape& shape);
    [[gnu::noinline]] bool refuse_scalar(const api::Shape& shape, Place place);

    std::string fault_;
    bool saw_null_element_ = false;
};

// The member of this name; null: none.
const api::Field* find_field(const api::Shape& structure, std::string_view name);

}  // namespace minamo
