// Which deployments of the service an emulator speaks like. Between May and September 2026 the front of the item
// writes, and of Query's Select, changed: it puts "1 validation error detected: " before what it finds wrong with a
// request, and words some of it anew. Where a fault is found says only which fault it is and what both would say of it;
// here is decided which of the two is sent (conformance/behaviour/validation.md, section 3, "The envelope").
#pragma once

#include <cstdint>

#include "emulator/wire/error.hpp"

namespace minamo {

enum class Deployment : std::uint8_t { recent, classic };

// The operations whose front is the new one, each with faults of its own: a column of the API's rows.
enum class Front : std::uint8_t { none = 0, put = 1, update = 2, remove = 4, query = 8 };

// Gives the fault of an operation's request the words of the deployment. Leaves other errors as they are.
void word(Error& error, Front front, Deployment deployment);

// The words that all deployments have for faults outside the new front.
void word_classic(Error& error);

}  // namespace minamo
