// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "streamfile.h"

#include "base/plainfile.h"

#include <QCoreApplication>

namespace {

struct StreamFileStrings {
    Q_DECLARE_TR_FUNCTIONS(StreamFile)
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

std::vector<StreamPart> StreamFile::read(const std::vector<StreamPiece> &pieces)
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

QByteArray StreamFile::read(const StreamPiece &piece)
{
    if (piece.payloadAt < 0)
        return {};
    if (!m_file.isOpen()) {
        m_file.setFileName(m_path);
        if (const QString reason = PlainFile::open(m_file); !reason.isEmpty()) {
            fail(reason);
            return {};
        }
    }
    const QByteArray bytes = m_file.seek(piece.payloadAt) ? m_file.read(piece.size) : QByteArray();
    if (m_file.error() != QFileDevice::NoError)
        fail(m_file.errorString());
    else if (bytes.size() < piece.size)
        fail(StreamFileStrings::tr("it has become shorter"));
    return bytes;
}

void StreamFile::fail(const QString &reason)
{
    m_error = StreamFileStrings::tr("Cannot read %1: %2.").arg(m_path, reason);
}
