// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "repeatdialog.h"

#include "ui/forms/delayedit.h"
#include "ui/guide/guide.h"
#include "ui/tools/uitools.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>

#include <limits>

RepeatDialog::RepeatDialog(const Repetition &repetition, QWidget *parent)
    : QDialog(parent)
    , m_every(new DelayEdit(this))
    , m_times(new QSpinBox(this))
{
    setObjectName(QStringLiteral("repeatDialog"));
    setWindowTitle(tr("Repeat the Message"));
    Guide::addHelpKey(*this);
    UiTools::describe(m_every, "everyEdit", tr("Pause"));
    UiTools::describe(m_times, "timesEdit", tr("Number of messages"));
    m_every->setWord(0, tr("at full speed"));
    m_every->setValue(repetition.everyMs);
    m_times->setRange(0, std::numeric_limits<int>::max());
    m_times->setSpecialValueText(tr("until stopped"));
    m_times->setValue(int(repetition.times));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("&Repeat"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    setMinimumWidth(fontMetrics().averageCharWidth() * 45); // the title is readable
    auto *layout = new QFormLayout(this);
    layout->addRow(tr("&Every"), m_every);
    layout->addRow(tr("&Times"), m_times);
    layout->addRow(buttons);
}

Repetition RepeatDialog::repetition() const
{
    return {.everyMs = m_every->value(), .times = m_times->value()};
}

#include "moc_repeatdialog.cpp"
