// Sentences that several openings share.
#include "storage/faults.hpp"

#include <cerrno>
#include <cstring>

namespace minamo::storage {

bool is_descriptor_shortage(int code) {
    return code == EMFILE || code == ENFILE;
}

std::string descriptor_shortage(const std::string& what, int code) {
    return what + " cannot be opened (" + std::strerror(code) +
           "): let this process have more open files (ulimit -n), or reset namespaces that are no longer needed.";
}

}  // namespace minamo::storage
