// The API's words for what storage keeps as enums, both ways.
#pragma once

#include <string_view>

#include "storage/schema.hpp"

namespace minamo {

// TableStatus and IndexStatus: "CREATING", "ACTIVE", ...
std::string_view status_name(storage::TableStatus status);
std::string_view status_name(storage::IndexStatus status);

// ProjectionType: "KEYS_ONLY", "INCLUDE", "ALL".
std::string_view projection_name(storage::Projection projection);

// StreamViewType: "KEYS_ONLY", "NEW_IMAGE", ...
std::string_view stream_view_name(storage::StreamView view);
storage::StreamView stream_view(std::string_view name);

}  // namespace minamo
