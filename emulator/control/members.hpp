// The members of a control call: fields with shapes, as the API's calls have them, and for each the sentence that says
// how to give it.
#pragma once

#include <span>
#include <string_view>

#include "emulator/api/shape.hpp"
#include "emulator/wire/json.hpp"

namespace minamo::control {

struct Member {
    api::Field field;
    std::string_view how;  // "Give freeze as true or false."
};

struct Members {
    std::span<const Member> members;
    std::string_view object;  // for a body that is no object
    std::string_view others;  // for a member that there is not
};

// The sentence for what is wrong; empty where nothing is. Of several members the first of the body counts; then those
// that are required and absent. Types are those of JSON: nothing is converted, and null is no text.
std::string_view fault_of(const Members& members, const json::Value& body);

}  // namespace minamo::control
