target_sources(minamo_core PRIVATE
    wire/arns.cpp
    wire/base64.cpp
    wire/deployment.cpp
    wire/error.cpp
    wire/input.cpp
    wire/json.cpp
    wire/json_members.cpp
    wire/moments.cpp
    wire/texts.cpp
    wire/uuid.cpp
    wire/values.cpp
)
