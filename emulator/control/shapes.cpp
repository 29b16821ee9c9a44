// What a text must look like is asked of the function that reads it.
#include "emulator/control/shapes.hpp"

#include "emulator/wire/moments.hpp"

namespace minamo::control::shapes {
namespace {

constexpr api::Pattern duration_pattern{"NUMBER(ms|s|m|h|d)",
                                        [](std::string_view text) { return parse_duration(text).has_value(); }};
constexpr api::Pattern moment_pattern{"YYYY-MM-DDThh:mm:ssZ",
                                      [](std::string_view text) { return parse_moment(text).has_value(); }};

}  // namespace

const api::Shape text{};
const api::Shape flag{.kind = api::Kind::boolean};
const api::Shape duration{.min = 1, .pattern = &duration_pattern};
const api::Shape moment{.min = 1, .pattern = &moment_pattern};

}  // namespace minamo::control::shapes
