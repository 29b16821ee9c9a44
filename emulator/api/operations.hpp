// The API as data: every operation and its input. One table feeds dispatch, type errors, aggregated constraint errors
// and the coverage table of the README.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "emulator/api/shape.hpp"
#include "emulator/wire/deployment.hpp"

namespace minamo::api {

enum class Plane : std::uint8_t { data, control, account };

struct Operation {
    std::string_view name;
    Plane plane;
    bool writes;                // may change what is kept
    const Shape* input;         // a structure
    Support support;            // refused: known and validated, but not built
    bool streams = false;       // of DynamoDBStreams_20120810
    Front front = Front::none;  // which of the new one's faults are told in its words
};

// All 66, by name.
std::span<const Operation> operations();
const Operation* find_operation(std::string_view name);

}  // namespace minamo::api
