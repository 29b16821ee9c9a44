// CMake defines it, from the version of the project.
#include "minamo/version.hpp"

namespace minamo {

std::string_view version() {
    return MINAMO_VERSION;
}

}  // namespace minamo
