// A draft of its own for each writer, which takes the file's place when the disk has it. One that a crash leaves behind
// is in nobody's way.
#include "emulator/namespaces/small_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>

namespace minamo {
namespace {

constexpr mode_t file_mode = 0644;
constexpr int name_attempts = 10;

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// Not open where it cannot be made. Removed unless it takes a file's place.
class Draft {
public:
    explicit Draft(const std::string& path) {
        std::random_device random;
        for (int attempt = 0; attempt < name_attempts && descriptor_ < 0; ++attempt) {
            path_ = path + "." + std::to_string(random()) + ".new";
            descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file_mode);
            if (descriptor_ < 0 && errno != EEXIST) return;
        }
        made_ = descriptor_ >= 0;
    }
    ~Draft() {
        const int kept = errno;
        close();
        if (made_) ::unlink(path_.c_str());
        errno = kept;
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    bool write(std::string_view text) {
        return descriptor_ >= 0 && write_all(descriptor_, text) && ::fsync(descriptor_) == 0 && close();
    }
    bool take_place_of(const std::string& path) {
        if (std::rename(path_.c_str(), path.c_str()) != 0) return false;
        made_ = false;
        return true;
    }

private:
    bool close() {
        const int descriptor = descriptor_;
        descriptor_ = -1;
        return descriptor < 0 || ::close(descriptor) == 0;
    }

    std::string path_;
    int descriptor_ = -1;
    bool made_ = false;
};

// What a folder that cannot be opened, or a file system without it, keeps is up to them: the file itself is whole.
void sync_folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == path.npos ? "." : path.substr(0, slash + 1);
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

}  // namespace

std::optional<std::string> read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

bool replace_file(const std::string& path, std::string_view text) {
    Draft draft(path);
    if (!draft.write(text) || !draft.take_place_of(path)) return false;
    sync_folder_of(path);
    return true;
}

}  // namespace minamo
