// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

/// The bytes of a file as one message. Blocks while the file system does. Any thread.
namespace MessageFile {

struct Read {
    QByteArray bytes; ///< at most TypedMessage::maxBytes
    QString error;    ///< why there are none, or empty
};
Read read(const QString &path); ///< a regular file
Read readStandardInput();       ///< to its end

} // namespace MessageFile
