// Random calls beside the model. MINAMO_MODEL_STEPS and MINAMO_MODEL_SEED say how many and which; a failure prints the
// seed and the shortest run of calls that still fails, found in MINAMO_MODEL_SHRINK seconds.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "tests/model/world.hpp"
#include "tests/support.hpp"

namespace {

using minamo::model::Mismatch;
using minamo::model::Random;
using minamo::model::World;

constexpr std::size_t world_steps = 1000;  // then another world with tables of other shapes

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct Failure {
    std::vector<std::size_t> steps;  // up to the one that failed
    std::string text;
};

// Runs those steps of a world; nothing if all agree.
std::optional<Failure> run(std::uint64_t seed, const std::vector<std::size_t>& steps) {
    World world(seed);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        try {
            world.step(Random(seed + 0x51ED270B * (steps[i] + 1)).next());
        } catch (const Mismatch& mismatch) {
            std::string text;
            for (const std::string& request : world.requests) text += request + "\n";
            return Failure{{steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(i) + 1}, text + mismatch.what()};
        }
    }
    return std::nullopt;
}

// Drops runs of steps, ever shorter ones, as long as what is left still fails.
Failure shrink(std::uint64_t seed, Failure failure) {
    const std::chrono::seconds seconds_max(from_environment("MINAMO_MODEL_SHRINK", 20));
    const auto deadline = std::chrono::steady_clock::now() + seconds_max;
    for (std::size_t size = failure.steps.size() / 2; size > 0; size /= 2) {
        for (std::size_t at = 0; at + 1 < failure.steps.size();) {
            if (std::chrono::steady_clock::now() > deadline) return failure;
            std::vector<std::size_t> fewer = failure.steps;
            const std::size_t end = std::min(at + size, fewer.size() - 1);  // the last one is what fails
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at),
                        fewer.begin() + static_cast<std::ptrdiff_t>(end));
            if (auto still = run(seed, fewer)) {
                failure = std::move(*still);
            } else {
                at += size;
            }
        }
    }
    return failure;
}

}  // namespace

TEST_CASE("Model: random calls answer as the model does", "[model]") {
    const std::uint64_t seed = from_environment("MINAMO_MODEL_SEED", 1);
    const std::uint64_t total = from_environment("MINAMO_MODEL_STEPS", 20'000);
    for (std::uint64_t done = 0; done < total; done += world_steps) {
        const std::uint64_t world_seed = Random(seed ^ done << 20).next();
        std::vector<std::size_t> steps(std::min<std::uint64_t>(world_steps, total - done));
        std::iota(steps.begin(), steps.end(), std::size_t{0});
        if (const auto failure = run(world_seed, steps)) {
            const Failure shortest = shrink(world_seed, *failure);
            FAIL("MINAMO_MODEL_SEED=" << seed << ", after " << done + failure->steps.size() << " steps; "
                                      << shortest.steps.size() << " of them suffice:\n"
                                      << shortest.text);
        }
    }
    SUCCEED("MINAMO_MODEL_SEED=" << seed);
}
