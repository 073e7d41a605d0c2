// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "announcer.h"

#include "steps/steptext.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QLocale>

namespace {

constexpr int announceMs = 1000;
constexpr qsizetype spokenCharacters = 200; ///< of a message

QAccessibleInterface *createNotification(const QString &className, QObject *object)
{
    Q_UNUSED(className)
    auto *announcer = qobject_cast<Announcer *>(object);
    return announcer ? new QAccessibleWidget(announcer, QAccessible::Notification) : nullptr;
}

} // namespace

Announcer::Announcer(QWidget *parent)
    : QWidget(parent)
    , m_throttle(announceMs)
{
    QAccessible::installFactory(&createNotification);
    setObjectName(QStringLiteral("announcer"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFixedSize(1, 1); // Qt does not tell of a widget without a size
    connect(&m_throttle, &QTimer::timeout, this, &Announcer::speak);
}

void Announcer::announce(const QString &notice)
{
    if (m_notices.size() == maxTexts)
        m_notices.removeFirst();
    m_notices.append(notice);
    m_throttle.ask();
}

void Announcer::announceStatus(const QString &status)
{
    m_status = status;
    m_throttle.ask();
}

void Announcer::announceStep(const Step &step)
{
    if (step.isEvent())
        return;
    if (++m_newSteps <= maxTexts)
        m_steps.append(StepText::line(step, spokenCharacters));
    m_throttle.ask();
}

void Announcer::speak()
{
    QStringList texts = std::exchange(m_notices, {});
    if (m_newSteps > maxTexts)
        texts.append(tr("%1 new steps").arg(QLocale().toString(m_newSteps)));
    else
        texts.append(m_steps);
    if (!m_status.isEmpty())
        texts.append(m_status);
    m_steps.clear();
    m_newSteps = 0;
    m_status.clear();
    if (texts.isEmpty())
        return;
    setAccessibleName(texts.join(QStringLiteral(", ")));
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(this, accessibleName());
#else
    QAccessibleEvent event(this, QAccessible::ObjectShow);
#endif
    QAccessible::updateAccessibility(&event);
}

#include "moc_announcer.cpp"
