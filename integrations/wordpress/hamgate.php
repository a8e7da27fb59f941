<?php
/**
 * Plugin Name: hamgate for Akismet
 * Description: Points the Akismet plugin at your own hamgate, holds comments while it is silent, and shows its verdicts in the comment list.
 * Version: 0.1.0
 * Requires PHP: 7.2
 * License: MIT OR Apache-2.0
 *
 * Copy this file to wp-content/mu-plugins/. Say where hamgate listens, in
 * wp-config.php:
 *
 *     define( 'HAMGATE_HOST', 'http://127.0.0.1:8080' );
 *
 * or under Settings, Discussion. Then enter the site's Akismet key, which
 * `hamgate sites add` printed, in Akismet's own settings.
 *
 * @package hamgate
 */

namespace Hamgate;

defined( 'ABSPATH' ) || exit;

const AKISMET = 'rest.akismet.com';

/**
 * The most seconds that a commenter waits for hamgate. It answers in a few
 * milliseconds; together with the page itself this stays below one second.
 */
defined( 'HAMGATE_TIMEOUT' ) || define( 'HAMGATE_TIMEOUT', 0.5 );

/** Seconds for what an administrator or WordPress's own cron asks. */
const PATIENT_TIMEOUT = 5.0;

/** Where hamgate listens, as `http(s)://HOST[:PORT]`; empty if nobody said so. */
function origin() {
	return tidy_origin( defined( 'HAMGATE_HOST' ) ? HAMGATE_HOST : get_option( 'hamgate_host', '' ) );
}

/** What was typed as an origin; empty if it is none. */
function tidy_origin( $typed ) {
	$typed = rtrim( trim( (string) $typed ), '/' );
	if ( '' !== $typed && ! preg_match( '#^https?://#i', $typed ) ) {
		$typed = 'http://' . $typed;
	}
	return wp_parse_url( $typed, PHP_URL_HOST ) ? esc_url_raw( $typed, array( 'http', 'https' ) ) : '';
}

/** Whether the installed Akismet plugin takes decisions itself, as it does since 5.1. */
function akismet_has_webhook() {
	return method_exists( 'Akismet_REST_API', 'receive_webhook' );
}

// --- Requests -------------------------------------------------------------

/**
 * Answers what Akismet's plugin asks of its server.
 *
 * The plugin retries a failed request twice, 15 seconds each, and some of its
 * versions then publish the comment. So a check never fails here: one without an
 * answer gets an odd one with a guid, upon which every version keeps the comment
 * in Pending and has its cron check it again.
 */
function answer( $early, $args, $url ) {
	static $silent = false;

	$asked   = wp_parse_url( $url );
	$headers = array_change_key_case( (array) $args['headers'] );
	$host    = strtolower( (string) ( isset( $headers['host'] ) ? $headers['host'] : ( isset( $asked['host'] ) ? $asked['host'] : '' ) ) );
	$akismet = AKISMET === $host || '.' . AKISMET === substr( $host, -strlen( '.' . AKISMET ) );
	if ( false !== $early || ! $akismet || '' === origin() ) {
		return $early;
	}

	$path     = isset( $asked['path'] ) ? $asked['path'] : '/';
	$is_check = '/comment-check' === substr( $path, -strlen( '/comment-check' ) );
	if ( $silent ) {
		$response = new \WP_Error( 'hamgate_silent', 'hamgate did not answer' );
	} else {
		unset( $headers['host'] );
		$args['headers']     = $headers;
		$args['redirection'] = 0;
		if ( $is_check && is_string( $args['body'] ) && ! akismet_has_webhook() ) {
			$args['body'] .= '&callback=' . rawurlencode( get_rest_url( null, 'akismet/v1/webhook' ) );
		}
		$query    = isset( $asked['query'] ) ? '?' . $asked['query'] : '';
		$seconds  = $is_check && ! wp_doing_cron() ? (float) HAMGATE_TIMEOUT : PATIENT_TIMEOUT;
		$response = ask( origin() . $path . $query, $args, $seconds );
	}
	// Whoever waited once in this request does not wait again.
	$silent = is_wp_error( $response );

	if ( ! $is_check ) {
		return $response;
	}
	$response = is_wp_error( $response ) ? odd_answer( $response->get_error_message() ) : with_guid( $response );
	remember( $args['body'], $response );
	return $response;
}
add_filter( 'pre_http_request', __NAMESPACE__ . '\answer', 10, 3 );

/** Asks with one time limit for everything; WordPress's own has whole seconds, and ten to connect. */
function ask( $url, $args, $seconds ) {
	$args['timeout'] = $seconds;
	$limit           = function ( $url, $headers, $data, $type, &$options ) use ( $seconds ) {
		$options['timeout']         = $seconds;
		$options['connect_timeout'] = $seconds;
	};
	$limit_curl      = function ( $handle ) use ( $seconds ) {
		// Without signals, curl keeps limits below a second whoever looks up the name.
		curl_setopt( $handle, CURLOPT_NOSIGNAL, true );
		curl_setopt( $handle, CURLOPT_TIMEOUT_MS, (int) ( 1000 * $seconds ) );
		curl_setopt( $handle, CURLOPT_CONNECTTIMEOUT_MS, (int) ( 1000 * $seconds ) );
	};
	add_action( 'requests-requests.before_request', $limit, 10, 5 );
	add_action( 'http_api_curl', $limit_curl );
	$response = wp_remote_request( $url, $args );
	remove_action( 'requests-requests.before_request', $limit, 10 );
	remove_action( 'http_api_curl', $limit_curl );
	return $response;
}

/** An answer that is neither spam nor ham. */
function odd_answer( $why ) {
	return array(
		'headers'  => array( 'x-akismet-guid' => wp_generate_uuid4() ),
		'body'     => $why,
		'response' => array(
			'code'    => 200,
			'message' => 'OK',
		),
		'cookies'  => array(),
	);
}

/** The answer with a guid: plugins since 5.3.7 publish what was checked without one. */
function with_guid( $response ) {
	$code = wp_remote_retrieve_response_code( $response );
	if ( 200 !== $code ) {
		return odd_answer( "hamgate answered $code" );
	}
	if ( ! wp_remote_retrieve_header( $response, 'x-akismet-guid' ) ) {
		$response['headers']['x-akismet-guid'] = wp_generate_uuid4();
	}
	return $response;
}

// --- What hamgate said of a comment ---------------------------------------

/** Keeps verdict and reasons: with the comment if it exists, else until it does. */
function remember( $body, $response ) {
	wp_parse_str( is_array( $body ) ? http_build_query( $body ) : (string) $body, $asked );
	$said = array(
		'hamgate_guid'    => wp_remote_retrieve_header( $response, 'x-akismet-guid' ),
		'hamgate_verdict' => wp_remote_retrieve_header( $response, 'x-hamgate-verdict' ),
		'hamgate_reason'  => wp_remote_retrieve_header( $response, 'x-hamgate-reason' ),
	);
	if ( ! empty( $asked['comment_ID'] ) ) {
		keep( (int) $asked['comment_ID'], $said );
		return;
	}
	$same = function ( $id, $comment ) use ( &$same, $asked, $said ) {
		$post  = isset( $asked['comment_post_ID'] ) ? (int) $asked['comment_post_ID'] : 0;
		$email = isset( $asked['comment_author_email'] ) ? $asked['comment_author_email'] : '';
		if ( (int) $comment->comment_post_ID === $post && $comment->comment_author_email === $email ) {
			keep( (int) $id, $said );
			remove_action( 'wp_insert_comment', $same );
		}
	};
	add_action( 'wp_insert_comment', $same, 10, 2 );
}

function keep( $id, $said ) {
	foreach ( $said as $name => $value ) {
		update_comment_meta( $id, $name, implode( '; ', (array) $value ) );
	}
}

add_filter(
	'manage_edit-comments_columns',
	function ( $columns ) {
		return '' === origin() ? $columns : $columns + array( 'hamgate' => 'hamgate' );
	}
);

add_action(
	'manage_comments_custom_column',
	function ( $column, $id ) {
		if ( 'hamgate' !== $column ) {
			return;
		}
		$verdict = get_comment_meta( $id, 'hamgate_verdict', true );
		if ( $verdict ) {
			$reason = get_comment_meta( $id, 'hamgate_reason', true );
			echo '<strong>' . esc_html( $verdict ) . '</strong><br>' . esc_html( $reason );
		} elseif ( get_comment_meta( $id, 'hamgate_guid', true ) ) {
			echo esc_html( 'not checked yet' );
		}
	},
	10,
	2
);

// --- Decisions made in hamgate --------------------------------------------

/** Whether a person has settled the comment here; then it stays as it is. */
function settled_here( $id ) {
	foreach ( \Akismet::get_comment_history( $id ) as $entry ) {
		$event = isset( $entry['event'] ) ? $entry['event'] : '';
		// `status-changed-…` is Akismet's own note about a check.
		if ( ! empty( $entry['user'] ) && preg_match( '/^(report-|status-(?!changed-))/', $event ) ) {
			return true;
		}
	}
	return false;
}

/** Carries a decision out; `$result` is `true` for spam. Returns what Akismet's protocol answers. */
function settle( $guid, $result ) {
	$comments = get_comments(
		array(
			'status'     => 'any',
			'meta_key'   => 'hamgate_guid',
			'meta_value' => $guid,
		)
	);
	if ( 1 !== count( $comments ) ) {
		return array(
			'status'  => 'error',
			'message' => 'Could not find matching comment.',
		);
	}
	$id     = (int) $comments[0]->comment_ID;
	$status = wp_get_comment_status( $id );
	if ( in_array( $status, array( 'approved', 'unapproved', 'spam' ), true ) && ! settled_here( $id ) ) {
		if ( 'true' === $result && 'spam' !== $status ) {
			wp_spam_comment( $id );
		} elseif ( 'false' === $result && 'approved' !== $status ) {
			// A moderator wants it published; Akismet would leave a first-time author in Pending.
			wp_set_comment_status( $id, 'approve' );
		}
	}
	return array( 'status' => 'success' );
}

/** Akismet's webhook: one or several comments by their guid. */
function receive( $request ) {
	$answers = array();
	if ( 'comment-check' === $request->get_param( 'endpoint' ) ) {
		foreach ( (array) $request->get_param( 'comments' ) as $comment ) {
			if ( ! empty( $comment['guid'] ) && isset( $comment['result'] ) ) {
				$result                      = is_bool( $comment['result'] ) ? var_export( $comment['result'], true ) : $comment['result'];
				$answers[ $comment['guid'] ] = settle( (string) $comment['guid'], $result );
			}
		}
	}
	return rest_ensure_response( array( 'comments' => (object) $answers ) );
}
add_action( 'akismet_webhook_received', __NAMESPACE__ . '\receive' );

add_action(
	'rest_api_init',
	function () {
		if ( ! class_exists( 'Akismet' ) || akismet_has_webhook() || '' === origin() ) {
			return;
		}
		$sent_by_hamgate = function ( $request ) {
			$key = strtolower( (string) \Akismet::get_api_key() );
			return '' !== $key && hash_equals( $key, strtolower( (string) $request->get_param( 'key' ) ) );
		};
		register_rest_route(
			'akismet/v1',
			'/webhook',
			array(
				'methods'             => 'POST',
				'callback'            => __NAMESPACE__ . '\receive',
				'permission_callback' => $sent_by_hamgate,
			)
		);
	}
);

// --- Settings -------------------------------------------------------------

add_action(
	'admin_init',
	function () {
		register_setting(
			'discussion',
			'hamgate_host',
			array( 'sanitize_callback' => __NAMESPACE__ . '\tidy_origin' )
		);
		add_settings_field(
			'hamgate_host',
			'hamgate',
			function () {
				printf(
					'<input name="hamgate_host" id="hamgate_host" type="text" class="regular-text code" value="%s" placeholder="http://127.0.0.1:8080"%s>',
					esc_attr( origin() ),
					defined( 'HAMGATE_HOST' ) ? ' disabled' : ''
				);
				echo '<p class="description">' . esc_html( 'Where hamgate listens. Akismet asks it in place of its own server; empty, Akismet asks as it always did.' ) . '</p>';
			},
			'discussion',
			'default',
			array( 'label_for' => 'hamgate_host' )
		);
	}
);
