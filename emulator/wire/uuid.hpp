// Ids as the API has them: of tables.
#pragma once

#include <string>

namespace minamo {

// A random UUID, version 4: "6ba7b810-9dad-41d1-80b4-00c04fd430c8".
std::string make_uuid();

}  // namespace minamo
