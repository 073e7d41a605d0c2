// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "pendingtext.h"

#include "steps/steptext.h"

#include <QFileInfo>
#include <QLocale>

namespace {

QString seconds(qint64 dueUs, qint64 nowUs)
{
    const qint64 tenths = qMax<qint64>(0, (dueUs - nowUs + 99'999) / 100'000);
    return QLocale().toString(double(tenths) / 10, 'f', 1);
}

} // namespace

Pending Pending::of(const std::optional<ConnectionStatus> &status)
{
    if (!status || !status->isOpen())
        return {};
    Pending pending;
    pending.canReset = status->progress.isClosing();
    pending.canCloseNow = !pending.canReset && status->closeDueUs > 0;
    pending.canReplyNow = !pending.canReset && status->repliesDue > 0;
    pending.canStop = !pending.canReset && (status->repeated >= 0 || status->fileBytes > 0);
    pending.canReadAgain = status->isReadingStopped;
    pending.isCountedDown = pending.canCloseNow || pending.canReplyNow;
    return pending;
}

QString Pending::text(const ConnectionStatus &status, qint64 nowUs)
{
    if (!status.isOpen())
        return {};
    if (status.pausedUs > 0)
        nowUs = status.pausedUs;
    if (status.progress.isClosing())
        return tr("Closing when the remaining %1 have been sent").arg(StepText::size(status.unsentBytes));
    if (status.progress.finWaits() && status.unsentBytes + status.kernelUnsentBytes > 0)
        return tr("FIN follows when the remaining %1 have been sent")
            .arg(StepText::size(status.unsentBytes + status.kernelUnsentBytes));
    if (status.fileBytes > 0)
        return tr("Sending %1: %2 of %3")
            .arg(QFileInfo(status.file).fileName(), StepText::size(status.fileBytes - status.unsentBytes),
                 StepText::size(status.fileBytes));
    if (status.repeated >= 0)
        return status.repeats > 0 ? tr("Repeating: %1 of %2 sent")
                                        .arg(QLocale().toString(status.repeated), QLocale().toString(status.repeats))
                                  : tr("Repeating: %1 sent").arg(QLocale().toString(status.repeated));
    if (status.repliesDue > 1)
        return tr("Reply due in %1 s (+%2)", "%2 is the number of further replies")
            .arg(seconds(status.replyDueUs, nowUs))
            .arg(status.repliesDue - 1);
    if (status.repliesDue > 0)
        return tr("Reply due in %1 s").arg(seconds(status.replyDueUs, nowUs));
    if (status.unsentBytes > 0)
        return tr("Sending: %1 left").arg(StepText::size(status.unsentBytes));
    if (status.closeDueUs > 0)
        return tr("Closing in %1 s").arg(seconds(status.closeDueUs, nowUs));
    if (status.progress.hasPeerFinished())
        return tr("The peer has finished sending. Open until you close it.");
    if (status.isReadingStopped)
        return tr("Not reading: what the peer sends stays in the kernel");
    return status.waitsForReply ? tr("Waiting for a reply…") : QString();
}
