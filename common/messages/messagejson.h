// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "typedmessage.h"

#include <QJsonObject>

/// Typed messages as JSON: {"text": "GET /\\r\\n", "form": "escapes", "encoding": "latin-1", "line-breaks": "crlf"}.
/// What is not given is as in a new TypedMessage. A message that is a file's has its name: {"file": "greeting.bin"}.
/// Pure.
namespace MessageJson {

QJsonObject write(const TypedMessage &message);
/// The content of a file is not read. Returns a sentence that names the field if something is wrong.
std::variant<TypedMessage, QString> read(const QJsonObject &object);

} // namespace MessageJson
