// Opening what stands behind a Store: for the files of storage/ only.
#pragma once

#include <memory>

#include <tl/expected.hpp>

#include "storage/faults.hpp"
#include "storage/store_options.hpp"
#include "storage/store_state.hpp"

namespace minamo::storage {

// Opens or makes the environment and reads its catalog.
tl::expected<std::unique_ptr<StoreState>, OpenFault> open_state(const StoreOptions& options);
// A new store that begins with what another has committed, at one moment. The calling thread has no transaction of it.
tl::expected<std::unique_ptr<StoreState>, OpenFault> copy_state(StoreState& source, const StoreOptions& options);
// Takes the map out of the memory of children.
void keep_from_children(StoreState& state);

}  // namespace minamo::storage
