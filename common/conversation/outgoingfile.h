// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/errand.h"
#include "messages/messagetemplate.h"

/// A file that is sent in parts. Reads one part ahead, on another thread. Lives on the network thread, a part of a
/// Connection.
class OutgoingFile : public QObject
{
    Q_OBJECT
public:
    explicit OutgoingFile(const StreamedFile &file); ///< begins to read

    const QString &path() const { return m_file.path; }
    qint64 bytes() const { return m_file.bytes; } ///< as it was when it was chosen
    qint64 givenBytes() const { return m_given; } ///< by takePart()
    qint64 remainingBytes() const { return m_file.bytes - m_given; }
    QByteArray takePart(); ///< the next bytes, and reads on; empty: there are none yet

signals:
    void partRead();
    void failed(const QString &reason); ///< after the last part; as the system says it; empty: the file is shorter now

private:
    struct Source;

    void read();

    StreamedFile m_file;
    std::shared_ptr<Source> m_source;
    QByteArray m_part;
    qint64 m_given = 0;
    Errand m_reading;
};
