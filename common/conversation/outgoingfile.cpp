// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "outgoingfile.h"

#include "base/plainfile.h"

#include <QFile>

#include <algorithm>

/// Used by one errand at a time.
struct OutgoingFile::Source {
    explicit Source(const QString &path)
        : file(path)
    {
    }

    QString open() { return file.isOpen() ? QString() : PlainFile::open(file); }

    QFile file;
};

OutgoingFile::OutgoingFile(const StreamedFile &file)
    : m_file(file)
    , m_source(std::make_shared<Source>(file.path))
{
    m_reading.setParent(this);
}

void OutgoingFile::readPart()
{
    m_reading.send([this, source = m_source, bytes = std::min(partBytes, remainingBytes())]() -> Errand::Answer {
        QString reason = source->open();
        const QByteArray part = reason.isEmpty() ? source->file.read(bytes) : QByteArray();
        if (reason.isEmpty() && source->file.error() != QFile::NoError)
            reason = source->file.errorString();
        return [this, part, reason] {
            m_read += part.size();
            if (part.isEmpty())
                emit failed(reason);
            else
                emit partRead(part);
        };
    });
}

#include "moc_outgoingfile.cpp"
