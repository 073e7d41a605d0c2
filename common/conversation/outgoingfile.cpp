// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "outgoingfile.h"

#include "base/plainfile.h"

#include <QFile>

#include <algorithm>
#include <array>

namespace {

constexpr qint64 partBytes = qint64(4) * 1024 * 1024;

} // namespace

/// Used by one errand at a time.
struct OutgoingFile::Source {
    explicit Source(const QString &path)
        : file(path)
    {
    }

    /// Uses the memory of the part before the last one, if nobody needs it any more: new memory costs as much as
    /// reading.
    QByteArray read(qint64 bytes, QString &reason)
    {
        std::swap(parts[0], parts[1]);
        if (parts[0].size() != bytes || !parts[0].isDetached())
            parts[0] = QByteArray(bytes, Qt::Uninitialized);
        if (!file.isOpen())
            reason = PlainFile::open(file);
        const qint64 got = reason.isEmpty() ? file.read(parts[0].data(), bytes) : -1;
        if (reason.isEmpty() && got < 0)
            reason = file.errorString();
        if (got < bytes)
            parts[0].truncate(qMax<qint64>(0, got));
        return parts[0];
    }

    QFile file;
    std::array<QByteArray, 2> parts;
};

OutgoingFile::OutgoingFile(const StreamedFile &file)
    : m_file(file)
    , m_source(std::make_shared<Source>(file.path))
{
    m_reading.setParent(this);
    read();
}

QByteArray OutgoingFile::takePart()
{
    const QByteArray part = std::exchange(m_part, {});
    m_given += part.size();
    if (!part.isEmpty() && remainingBytes() > 0)
        read();
    return part;
}

void OutgoingFile::read()
{
    m_reading.send([this, source = m_source, bytes = std::min(partBytes, remainingBytes())]() -> Errand::Answer {
        QString reason;
        const QByteArray part = source->read(bytes, reason);
        return [this, part, reason] {
            m_part = part;
            if (part.isEmpty())
                emit failed(reason);
            else
                emit partRead();
        };
    });
}

#include "moc_outgoingfile.cpp"
