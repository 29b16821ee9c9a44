// The files under Options::db_path: <account>_<region>.minamo for each namespace, and the clock that new ones begin
// with.
#pragma once

#include <optional>
#include <string>

#include "minamo/options.hpp"

namespace minamo {

std::string store_path(const std::string& folder, const Caller& owner);

// Keeps the region beside the store, where the store's name cannot tell it. Throws StartError.
void keep_region(const std::string& store_path, const std::string& region);

// Whose store a file is; nothing where it is none. Throws StartError where the region is not known.
std::optional<Caller> owner_of_store(const std::string& path);

// Replaced as a whole. One without a byte, which earlier versions left behind where the power failed, keeps nothing.
std::string first_clock_path(const std::string& folder);

}  // namespace minamo
