// Seeded by the system, once for each thread.
#include "emulator/wire/uuid.hpp"

#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

namespace minamo {

std::string make_uuid() {
    thread_local boost::uuids::random_generator_mt19937 generate;
    return to_string(generate());
}

}  // namespace minamo
