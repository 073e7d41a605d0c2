// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/repeater.h"

#include <QDialog>

class DelayEdit;
class QSpinBox;

/// Asks how often a message is sent again. Owned by the window that opens it.
class RepeatDialog : public QDialog
{
    Q_OBJECT
public:
    RepeatDialog(const Repetition &repetition, QWidget *parent);

    Repetition repetition() const;

private:
    DelayEdit *m_every;
    QSpinBox *m_times;
};
