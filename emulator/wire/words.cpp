// Each word once.
#include "emulator/wire/words.hpp"

namespace minamo {

std::string_view status_name(storage::TableStatus status) {
    switch (status) {
        case storage::TableStatus::creating:
            return "CREATING";
        case storage::TableStatus::updating:
            return "UPDATING";
        case storage::TableStatus::deleting:
            return "DELETING";
        case storage::TableStatus::active:
            break;
    }
    return "ACTIVE";
}

std::string_view status_name(storage::IndexStatus status) {
    switch (status) {
        case storage::IndexStatus::creating:
            return "CREATING";
        case storage::IndexStatus::updating:
            return "UPDATING";
        case storage::IndexStatus::deleting:
            return "DELETING";
        case storage::IndexStatus::active:
            break;
    }
    return "ACTIVE";
}

std::string_view projection_name(storage::Projection projection) {
    switch (projection) {
        case storage::Projection::keys_only:
            return "KEYS_ONLY";
        case storage::Projection::include:
            return "INCLUDE";
        case storage::Projection::all:
            break;
    }
    return "ALL";
}

std::string_view stream_view_name(storage::StreamView view) {
    switch (view) {
        case storage::StreamView::keys_only:
            return "KEYS_ONLY";
        case storage::StreamView::new_image:
            return "NEW_IMAGE";
        case storage::StreamView::old_image:
            return "OLD_IMAGE";
        case storage::StreamView::new_and_old_images:
            break;
    }
    return "NEW_AND_OLD_IMAGES";
}

storage::StreamView stream_view(std::string_view name) {
    if (name == "KEYS_ONLY") return storage::StreamView::keys_only;
    if (name == "NEW_IMAGE") return storage::StreamView::new_image;
    if (name == "OLD_IMAGE") return storage::StreamView::old_image;
    return storage::StreamView::new_and_old_images;
}

}  // namespace minamo
