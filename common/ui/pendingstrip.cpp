// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "pendingstrip.h"

#include "elidedlabel.h"
#include "steps/steptext.h"
#include "uitools.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>

PendingStrip::PendingStrip(QWidget *parent)
    : QWidget(parent)
    , m_text(new ElidedLabel(this))
{
    m_text->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    UiTools::describe(m_text, "pendingText", tr("What is due on the connection"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_text, 1);

    m_replyNow = addButton("replyNow", tr("Reply No&w"), tr("Send the reply without waiting for its delay."));
    m_closeNow = addButton("closeNow", tr("&Close Now"), tr("Send FIN without waiting for the close delay."));
    m_keepOpen =
        addButton("keepOpen", tr("&Keep Open"), tr("Do not close by itself: stay in CLOSE-WAIT until you close."));
    m_reset = addButton("resetNow", tr("Reset No&w"), tr("Do not wait: send RST and drop what has not left."));
    setFixedHeight(m_closeNow->sizeHint().height());
    connect(m_replyNow, &QPushButton::clicked, this, &PendingStrip::replyNow);
    connect(m_closeNow, &QPushButton::clicked, this, &PendingStrip::closeNow);
    connect(m_keepOpen, &QPushButton::clicked, this, &PendingStrip::keepOpen);
    connect(m_reset, &QPushButton::clicked, this, &PendingStrip::reset);

    m_timer.setInterval(100);
    connect(&m_timer, &QTimer::timeout, this, &PendingStrip::tick);
}

QPushButton *PendingStrip::addButton(const char *objectName, const QString &text, const QString &toolTip)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(QLatin1StringView(objectName));
    button->setToolTip(toolTip);
    button->hide();
    layout()->addWidget(button);
    return button;
}

void PendingStrip::setStatus(const std::optional<ConnectionStatus> &status)
{
    m_status = status && status->isOpen ? status : std::nullopt;
    const bool closing = m_status && m_status->closing;
    const bool closeDue = m_status && !closing && m_status->closeDueUs > 0;
    const bool replyDue = m_status && !closing && m_status->repliesDue > 0;
    m_reset->setVisible(closing);
    m_closeNow->setVisible(closeDue);
    m_keepOpen->setVisible(closeDue);
    m_replyNow->setVisible(replyDue);
    if (closeDue || replyDue)
        m_timer.start();
    else
        m_timer.stop();
    tick();
}

void PendingStrip::tick()
{
    m_text->setText(m_status ? text(*m_status, StepTime::now().monotonicUs) : QString());
}

QString PendingStrip::text(const ConnectionStatus &status, qint64 nowUs)
{
    const auto seconds = [nowUs](qint64 dueUs) {
        const qint64 tenths = qMax<qint64>(0, (dueUs - nowUs + 99'999) / 100'000);
        return QLocale().toString(double(tenths) / 10, 'f', 1);
    };
    if (!status.isOpen)
        return {};
    if (status.closing)
        return tr("Closing when %1 more have been sent").arg(StepText::size(status.unsentBytes));
    if (status.repliesDue > 1)
        return tr("Reply due in %1 s (+%2)", "and so many more after it")
            .arg(seconds(status.replyDueUs))
            .arg(status.repliesDue - 1);
    if (status.repliesDue > 0)
        return tr("Reply due in %1 s").arg(seconds(status.replyDueUs));
    if (status.unsentBytes > 0)
        return tr("Sending: %1 left").arg(StepText::size(status.unsentBytes));
    if (status.closeDueUs > 0)
        return tr("Closing in %1 s").arg(seconds(status.closeDueUs));
    if (status.peerFinished)
        return tr("The peer sends no more. Open until you close it.");
    return status.waitsForReply ? tr("Waiting for a reply…") : QString();
}
