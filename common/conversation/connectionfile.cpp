// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// A file that is sent in parts. What is sent in the meantime waits behind it, as a reply due.

#include "connection.h"

#include "conversationtext.h"
#include "journal.h"

void Connection::sendFile(const StreamedFile &file)
{
    if (const QString refusal = Framer::refusalToSend(file, m_status.sendFraming); !refusal.isEmpty())
        return log(StepKind::Error, StepTime::now(), -1, ConversationText::notSent(refusal));
    m_file = std::make_unique<OutgoingFile>(file);
    connect(m_file.get(), &OutgoingFile::partRead, this, &Connection::sendPart);
    connect(m_file.get(), &OutgoingFile::failed, this, [this](const QString &reason) {
        endFile(reason.isEmpty() ? ConversationText::fileIsShorter(m_file->path(), m_file->readBytes(), m_file->bytes())
                                 : ConversationText::fileUnreadable(m_file->path(), reason, m_file->readBytes()));
    });
    m_status.file = file.path;
    m_status.fileBytes = file.bytes;
    log(StepKind::File, StepTime::now(), -1, ConversationText::fileBegins(file.path, file.bytes));
    m_status.waitsForReply = m_side == Side::Client;
    m_listener.connectionSends();
    proceed();
}

/// Lets it read while little of it is held here.
void Connection::feedFile()
{
    if (m_file && !m_file->isReading() && heldBytes() < OutgoingFile::partBytes && !m_journal.isFull())
        m_file->readPart();
}

/// A part of a file is a message of its own, as everything that is sent without framing.
void Connection::sendPart(const QByteArray &part)
{
    addToOutbox(part, part.size());
    write(part, {}, 0);
    if (m_file->remainingBytes() == 0)
        endFile();
    else
        proceed();
}

/// sentence: why it ends before its time; empty: it has been sent.
void Connection::endFile(const QString &sentence)
{
    if (!sentence.isEmpty())
        log(StepKind::File, StepTime::now(), -1, sentence);
    dropFile();
    sendDueReplies();
    proceed();
}

/// It may be emitting its signal.
void Connection::dropFile()
{
    m_file->disconnect(this);
    m_file.release()->deleteLater();
    m_status.file.clear();
    m_status.fileBytes = 0;
}

void Connection::stopFile()
{
    if (m_file)
        endFile(ConversationText::fileStopped(m_file->path(), m_file->readBytes(), m_file->bytes()));
}
