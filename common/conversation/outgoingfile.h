// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/errand.h"
#include "messages/messagetemplate.h"

/// A file that is sent in parts. Reads one part at a time, on another thread. Lives on the network thread, a part of a
/// Connection.
class OutgoingFile : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 partBytes = qint64(4) * 1024 * 1024;

    explicit OutgoingFile(const StreamedFile &file);

    const QString &path() const { return m_file.path; }
    qint64 bytes() const { return m_file.bytes; } ///< as it was when it was chosen
    qint64 readBytes() const { return m_read; }
    qint64 remainingBytes() const { return m_file.bytes - m_read; }
    bool isReading() const { return m_reading.isOut(); }
    void readPart(); ///< the next one; partRead() or failed() follows. Call it while something remains

signals:
    void partRead(const QByteArray &part);
    void failed(const QString &reason); ///< as the system says it; empty: the file has become shorter

private:
    struct Source;

    StreamedFile m_file;
    std::shared_ptr<Source> m_source;
    qint64 m_read = 0;
    Errand m_reading;
};
