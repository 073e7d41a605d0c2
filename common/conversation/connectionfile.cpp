// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// A file that is sent in parts. What is sent in the meantime waits behind it, as a reply due.

#include "connection.h"

#include "conversationtext.h"
#include "journal.h"

#include <algorithm>

void Connection::sendFile(const StreamedFile &file)
{
    if (const QString refusal = Framer::refusalToSend(file, m_status.sendFraming); !refusal.isEmpty())
        return log(StepKind::Error, StepTime::now(), -1, ConversationText::notSent(refusal));
    m_file = std::make_unique<OutgoingFile>(file);
    connect(m_file.get(), &OutgoingFile::partRead, this, &Connection::proceed);
    connect(m_file.get(), &OutgoingFile::failed, this, &Connection::failFile);
    log(StepKind::File, StepTime::now(), -1, ConversationText::fileBegins(file.path, file.bytes));
    m_listener.connectionSends();
    proceed();
}

/// Sends the next part of it when the one before has been sent. Each 16 MiB are a message of their own.
void Connection::feedFile()
{
    if (!m_file || heldBytes() > 0 || m_journal.isFull())
        return;
    const qint64 before = m_file->givenBytes();
    const QByteArray part = m_file->takePart();
    if (part.isEmpty())
        return;
    if (before % Framer::messageLimit == 0) {
        const qint64 bytes = std::min<qint64>(Framer::messageLimit, m_file->bytes() - before);
        addToOutbox(part, bytes, bytes);
    }
    write(part, {}, 0);
    if (m_file->remainingBytes() == 0)
        endFile();
}

/// It has been read to its end, or no more of it is sent.
void Connection::endFile()
{
    m_outbox.cutTo(m_outbox.end() - announcedBytes());
    logSent(StepTime::now());
    dropFile();
    sendDueReplies();
    proceed();
}

/// reason: empty if the file is shorter than it was.
void Connection::failFile(const QString &reason)
{
    log(StepKind::Error, StepTime::now(), -1,
        reason.isEmpty() ? ConversationText::fileIsShorter(m_file->path(), m_file->givenBytes(), m_file->bytes())
                         : ConversationText::fileUnreadable(m_file->path(), reason, m_file->givenBytes()));
    endFile();
}

/// Before the connection ends: what the kernel has of the file is a step.
void Connection::giveUpFile(const StepTime &time)
{
    if (!m_file)
        return;
    const qint64 given = m_file->givenBytes();
    const qint64 sent = given > 0 ? given - heldBytes() : 0; // otherwise what is held was sent before
    if (given > 0)
        m_outbox.cutTo(m_outbox.sent());
    logSent(time);
    log(StepKind::File, time, -1, ConversationText::fileIsIncomplete(m_file->path(), sent, m_file->bytes()));
    dropFile();
}

/// Bytes at the end of the outbox that belong to the newest message of the file, and have not been given yet.
qint64 Connection::announcedBytes() const
{
    const qint64 inMessage = m_file ? m_file->givenBytes() % Framer::messageLimit : 0;
    return inMessage > 0 ? std::min(m_file->remainingBytes(), Framer::messageLimit - inMessage) : 0;
}

/// It may be emitting its signal.
void Connection::dropFile()
{
    m_file->disconnect(this);
    m_file.release()->deleteLater();
}

void Connection::stopFile()
{
    if (!m_file)
        return;
    log(StepKind::File, StepTime::now(), -1,
        ConversationText::fileStopped(m_file->path(), m_file->givenBytes(), m_file->bytes()));
    endFile();
}
