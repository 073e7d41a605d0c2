// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "streamfiles.h"

#include "base/plainfile.h"

#include <QCoreApplication>

namespace {

struct StreamFilesStrings {
    Q_DECLARE_TR_FUNCTIONS(StreamFiles)
};

void append(std::vector<StreamPart> &parts, const StreamPart &part)
{
    if (part.size() == 0)
        return;
    StreamPart *last = parts.empty() ? nullptr : &parts.back();
    if (!last || last->sender != part.sender || (last->missing > 0) != (part.missing > 0)) {
        parts.push_back(part);
        return;
    }
    last->bytes += part.bytes;
    last->missing += part.missing;
}

} // namespace

StreamFiles::StreamFiles(const QStringList &paths)
    : m_paths(paths)
    , m_files(size_t(paths.size()))
{
}

std::vector<StreamPart> StreamFiles::read(const std::vector<StreamPiece> &pieces)
{
    std::vector<StreamPart> parts;
    for (const StreamPiece &piece : pieces) {
        const QByteArray bytes = read(piece);
        append(parts, {.sender = piece.sender, .place = piece.place, .bytes = bytes});
        append(parts,
               {.sender = piece.sender, .place = piece.place + bytes.size(), .missing = piece.size - bytes.size()});
    }
    return parts;
}

QByteArray StreamFiles::read(const StreamPiece &piece)
{
    if (piece.payloadAt < 0 || piece.file >= m_files.size())
        return {};
    QFile &file = m_files[piece.file];
    const QString &path = m_paths[piece.file];
    if (!file.isOpen()) {
        file.setFileName(path);
        if (const QString reason = PlainFile::open(file); !reason.isEmpty()) {
            fail(path, reason);
            return {};
        }
    }
    const QByteArray bytes = file.seek(piece.payloadAt) ? file.read(piece.size) : QByteArray();
    if (file.error() != QFileDevice::NoError)
        fail(path, file.errorString());
    else if (bytes.size() < piece.size)
        fail(path, StreamFilesStrings::tr("it has become shorter"));
    return bytes;
}

void StreamFiles::fail(const QString &path, const QString &reason)
{
    m_error = StreamFilesStrings::tr("Cannot read %1: %2.").arg(path, reason);
}
