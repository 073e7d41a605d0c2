// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "streampieces.h"

#include <QFile>

#include <deque>

/// Bytes of a followed connection, or how many of them are missing. All are from one sender.
struct StreamPart {
    Side sender = Side::Client;
    qint64 place = 0;      ///< of the first byte, in the FollowedStream
    QByteArray bytes = {}; ///< empty if bytes are missing
    qint64 missing = 0;    ///< the number of missing bytes

    qint64 size() const { return missing > 0 ? missing : bytes.size(); }
    bool operator==(const StreamPart &) const = default;
};

/// Reads the bytes of a followed connection from its capture files, which may still grow. Keeps none of them. Any one
/// thread; blocks only for the disk.
class StreamFiles
{
public:
    /// paths: by Segment::payloadFile.
    explicit StreamFiles(const QStringList &paths);

    /// Pieces that are next to each other in a stream become one part. Bytes that cannot be read count as missing; see
    /// error().
    std::vector<StreamPart> read(const std::vector<StreamPiece> &pieces);
    QString error() const { return m_error; } ///< why bytes could not be read: a sentence, or nothing

private:
    QByteArray read(const StreamPiece &piece);
    void fail(const QString &path, const QString &reason);

    const QStringList m_paths;
    std::deque<QFile> m_files; ///< an open one does not know its path
    QString m_error;
};
