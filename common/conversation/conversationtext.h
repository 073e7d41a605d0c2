// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractSocket>
#include <QString>

/// The sentences that become a Step's detail: what went wrong, and what to do about it. Pure functions; any thread.
namespace ConversationText {

QString cannotListen(const QString &endpoint, QAbstractSocket::SocketError error, const QString &reason);
QString refused(const QString &endpoint);
QString unreachable(const QString &endpoint, const QString &reason);
QString connectTimedOut(const QString &endpoint, int timeoutMs); ///< 0: the system's
QString resetAtOnce(const QString &endpoint);
QString notFound(const QString &host);
QString connectCancelled(const QString &endpoint);
QString noReply(const QString &endpoint, int timeoutMs);
QString notAcknowledged(const QString &endpoint);

QString goneBeforeAccepted(const QString &peer);
QString acceptPaused();
QString noDescriptor();
QString turnedAway(const QString &peer);
QString othersGoOn(const QString &endpoint); ///< when a server stops listening and has connections

QString messageInParts();
QString sendingIsFull();
QString incomplete(qint64 bytes);
QString finFollows(); ///< after a close
QString repliesDropped(int replies);

} // namespace ConversationText
