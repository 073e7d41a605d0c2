// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/step.h"

#include <QWidget>

#include <optional>

class QBoxLayout;
class QLabel;
class QPlainTextEdit;
class QTabWidget;
class QTextEdit;

/// Shows everything about one step: its line, its meaning, its facts, its text and its bytes. For an event it shows
/// the whole sentence, and no text or bytes. Content is created when it becomes visible. Owned by a DetailsPanel.
class DetailsView : public QWidget
{
    Q_OBJECT
public:
    explicit DetailsView(QWidget *parent = nullptr);

    /// Sets what is currently known about the connection. Nothing is shown for an empty text.
    void setConnectionText(const QString &text);
    /// meaning: replaces that of StepText if it is not empty.
    void setStep(const std::optional<Step> &step, const QString &meaning = {});

    /// Returns the names and values of the facts, in the order of the view.
    static QList<std::pair<QString, QString>> facts(const Step &step);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    enum class FactsPlace { Beside, Above, Tab }; ///< relative to the text and the bytes

    void placeFacts(FactsPlace place);
    void showTabs();
    void refresh();
    void showFacts();
    int namesWidth(const QList<std::pair<QString, QString>> &facts) const;
    void showContent();
    void showText(QPlainTextEdit *edit) const;

    std::optional<Step> m_step;
    QString m_meaning;
    bool m_factsAreOld = true;
    bool m_textIsOld = true;
    bool m_hexIsOld = true;
    FactsPlace m_factsPlace = FactsPlace::Beside;
    QBoxLayout *m_layout;
    QTextEdit *m_facts;
    QTabWidget *m_tabs;
    /// The text or the bytes: the tab that was in front before a step without them was selected.
    QWidget *m_lastContent = nullptr;
    QLabel *m_connection;
    QPlainTextEdit *m_text;
    QPlainTextEdit *m_hex;
};
