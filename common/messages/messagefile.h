// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "typedmessage.h"

/// The bytes of a file as one message. Blocks while the file system does. Any thread.
namespace MessageFile {

struct Read {
    QByteArray bytes; ///< at most TypedMessage::maxBytes
    QString error;    ///< why there are none, or empty
};
Read read(const QString &path); ///< a regular file
Read readStandardInput();       ///< to its end

struct Typed {
    TypedMessage message; ///< of the form File
    QString error;        ///< why there is none, or empty
};
/// A regular file of any size: one of more than TypedMessage::maxBytes is streamed.
Typed typed(const QString &path);

} // namespace MessageFile
