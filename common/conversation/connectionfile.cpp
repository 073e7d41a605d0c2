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
    connect(m_file.get(), &OutgoingFile::failed, this, [this](const QString &reason) {
        endFile(reason.isEmpty()
                    ? ConversationText::fileIsShorter(m_file->path(), m_file->givenBytes(), m_file->bytes())
                    : ConversationText::fileUnreadable(m_file->path(), reason, m_file->givenBytes()));
    });
    log(StepKind::File, StepTime::now(), -1, ConversationText::fileBegins(file.path, file.bytes));
    m_status.waitsForReply = m_side == Side::Client;
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

/// sentence: why it ends before its time; empty: it has been sent.
void Connection::endFile(const QString &sentence)
{
    const StepTime now = StepTime::now();
    if (!sentence.isEmpty())
        log(StepKind::File, now, -1, sentence);
    m_outbox.cutTo(m_outbox.end() - announcedBytes());
    logSent(now);
    dropFile();
    sendDueReplies();
    proceed();
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
    if (m_file)
        endFile(ConversationText::fileStopped(m_file->path(), m_file->givenBytes(), m_file->bytes()));
}
