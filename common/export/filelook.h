// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QString>

#include <memory>

/// What kind of file a path names, told by its content. The file stays open for its window. A plain value; crosses
/// threads.
struct FileLook {
    enum class Kind { Nothing, Session, Capture };

    QString path;
    Kind kind = Kind::Nothing;
    QString error;               ///< for Nothing: a sentence that says why
    std::shared_ptr<QFile> file; ///< otherwise: at its beginning; null for a pipe

    /// Why a session cannot be shown together with another file: a sentence.
    QString noCapture() const;

    /// Only a file system that does not respond, or a pipe without bytes, can block this: for a thread that may wait.
    /// A pipe ("-" is standard input) can only contain a capture.
    static FileLook at(const QString &path);
};
