// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "messages/typedmessage.h"
#include "steps/framing.h"

#include <optional>

/// A message with a name, and how and where it is sent. A plain value.
struct Preset {
    QString name;
    TypedMessage message;           ///< of a file: its name, without the content
    std::optional<Framing> framing; ///< nothing: that of the window
    QString host;                   ///< empty: that of the window
    quint16 port = 0;               ///< 0: that of the window

    bool operator==(const Preset &) const = default;
};

/// Presets as JSON, as docs/messages.md documents it:
/// {"presets": [{"name": "Hello", "message": {"text": "Hi"}, "framing": "crlf", "host": "::1", "port": 7}]}. Pure.
namespace Presets {

constexpr qsizetype maxPresets = 1000;

/// The presets, or a sentence that names the line of a syntax error, else the number of the preset and the field.
std::variant<QList<Preset>, QString> read(const QByteArray &json);
QByteArray write(const QList<Preset> &presets); ///< bytes of a message that has no text and no file are written as hex

} // namespace Presets
