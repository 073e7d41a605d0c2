// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QString>

#include <memory>

/// What a path names, told by the content of the file. The file stays open, for whoever shows it. A plain value; crosses threads.
struct FileLook {
    enum class Kind { Nothing, Session, Capture };

    QString path;
    Kind kind = Kind::Nothing;
    QString error;               ///< of Nothing: a sentence that says why there is nothing to show
    std::shared_ptr<QFile> file; ///< otherwise: at its beginning

    /// Looks. Nothing makes it wait but a file system that does not answer: for a thread that may wait.
    static FileLook at(const QString &path);
};
