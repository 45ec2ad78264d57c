/**
 * Results for people and spreadsheets: {@link dev.tally.report.AnalysisText} is the table that a terminal shows,
 * {@link dev.tally.report.AnalysisCsv} the same figures as comma-separated values; what was measured stands in both
 * where it was. {@link dev.tally.report.AlternativesText} and {@link dev.tally.report.AlternativesCsv} set designs of a
 * layer beside each other, {@link dev.tally.report.ComparisonText} and {@link dev.tally.report.ComparisonCsv} networks,
 * {@link dev.tally.report.LayerTimesReport} layers that were measured by themselves.
 *
 * <p>Uses {@code analysis}, the {@code network} under it, the verdicts and times of {@code planning}, the values of
 * {@code measurement}, the rows and estimates of {@code latency}, and Jackson's CSV writer; knows no Spring.
 */
@NullMarked
package dev.tally.report;

import org.jspecify.annotations.NullMarked;
