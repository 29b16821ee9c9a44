// The lock file is never removed once a store has been opened under it: another process may be about to lock it.
#include "storage/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace minamo::storage {

FileLock::~FileLock() {
    if (descriptor_ >= 0) close(descriptor_);
}

FileLock::FileLock(FileLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), made_(other.made_), path_(std::move(other.path_)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(made_, other.made_);
    std::swap(path_, other.path_);
    return *this;
}

tl::expected<FileLock, OpenFault> FileLock::take(const std::string& path) {
    FileLock lock;
    lock.path_ = path + ".lock";
    lock.descriptor_ = open(lock.path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    lock.made_ = lock.descriptor_ >= 0;
    if (!lock.made_ && errno == EEXIST) lock.descriptor_ = open(lock.path_.c_str(), O_RDWR | O_CLOEXEC);
    if (lock.descriptor_ < 0 && is_descriptor_shortage(errno)) {
        return tl::unexpected(OpenFault{descriptor_shortage("The store " + path, errno)});
    }
    if (lock.descriptor_ < 0) {
        return tl::unexpected(OpenFault{"The store " + path + " cannot be opened (" + lock.path_ + ": " +
                                        std::strerror(errno) +
                                        "): name a folder that is there and can be written to."});
    }
    if (flock(lock.descriptor_, LOCK_EX | LOCK_NB) == 0) {
        struct stat file {};
        const bool removed = fstat(lock.descriptor_, &file) == 0 && file.st_nlink == 0;  // by another's undo()
        return removed ? take(path) : std::move(lock);
    }
    if (errno == EWOULDBLOCK) {
        return tl::unexpected(
            OpenFault{"The store " + path +
                      " is in use already, by another process or another emulator of this one: end that one, or name "
                      "another."});
    }
    const int fault = errno;
    lock.undo();
    return tl::unexpected(OpenFault{"The store " + path + " cannot be locked (" + std::strerror(fault) +
                                    "): name a folder on a disk of this machine."});
}

void FileLock::undo() {
    if (made_) unlink(path_.c_str());
    if (descriptor_ >= 0) close(descriptor_);
    descriptor_ = -1;
}

}  // namespace minamo::storage
